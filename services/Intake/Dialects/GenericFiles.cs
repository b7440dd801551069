using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>Gives each file of an event the part that brought its bytes: by name, each part once, in the order of both.</summary>
static class GenericFiles
{
    /// <summary>The event with what the parts brought; a part that no file of the event claims is one more of its
    /// files.</summary>
    public static Unpacked Filled(Unpacked unpacked, IReadOnlyList<SentPart> parts)
    {
        if (parts.Count == 0 || JsonNode.Parse(unpacked.Light.Body) is not JsonObject said || said["data"] is not JsonObject data)
            return unpacked;
        var files = unpacked.Files.ToList();
        if (files.Count + parts.Count > StrictJson.MostFiles)
            return unpacked with { Flaws = [.. unpacked.Flaws, StrictJson.TooManyFiles] };
        var flaws = unpacked.Flaws.ToList();
        var claims = Claims(said, data).Where(claim => !claim.File.ContainsKey("sha256")).ToList();
        foreach (var part in parts)
        {
            var index = claims.FindIndex(one => NameOf(one.File) == part.Name);
            if (index < 0)
                index = claims.FindIndex(one => NameOf(one.File) is { } name && Bare(name) == Bare(part.Name));
            var claim = index < 0 ? New(data, part.Name) : claims[index];
            if (index >= 0)
                claims.RemoveAt(index);
            var file = Read($"{claim.Pointer}/content", part, flaws);
            if (file is not null)
                files.Add(file);
            claim.File["sha256"] = file?.Sha256 ?? "";
            claim.File["size"] = file?.Size ?? 0;
            if (part.Type is not null)
                claim.File[claim.File == data ? "mediaType" : "type"] ??= part.Type;
        }
        return unpacked with
        {
            Light = unpacked.Light with { Body = Encoding.UTF8.GetBytes(said.ToJsonString(Json.Options)) },
            Files = files,
            Flaws = flaws,
        };
    }

    static SentFile? Read(string pointer, SentPart part, List<Flaw> flaws)
    {
        try
        {
            return SentFile.FromPart(pointer, part);
        }
        catch (FormatException)
        {
            flaws.Add(new Flaw(pointer, Core.Texts.PartCoding));
            return null;
        }
    }

    static string? NameOf(JsonObject file) =>
        (file["name"] as JsonValue)?.TryGetValue<string>(out var name) is true ? name : null;

    // Some senders write the folder with the part's name alone.
    static string Bare(string name) => name[(name.LastIndexOfAny(['/', '\\']) + 1)..];

    // The file of an attachment's event stands in its data, those of others in a list.
    static IEnumerable<(JsonObject File, string Pointer)> Claims(JsonObject said, JsonObject data) =>
    [
        .. IsAttachment(said) ? [(data, "/data")] : Array.Empty<(JsonObject, string)>(),
        .. (data["files"] as JsonArray ?? [])
            .Index()
            .Where(one => one.Item is JsonObject)
            .Select(one => (one.Item!.AsObject(), $"/data/files/{one.Index}")),
    ];

    static bool IsAttachment(JsonObject said) =>
        said["type"] is JsonValue type && type.TryGetValue<string>(out var name) && name == "ticket.attached";

    static (JsonObject File, string Pointer) New(JsonObject data, string name)
    {
        if (data["files"] is not JsonArray files)
            data["files"] = files = [];
        var file = new JsonObject { ["name"] = name };
        files.Add(file);
        return (file, $"/data/files/{files.Count - 1}");
    }
}
