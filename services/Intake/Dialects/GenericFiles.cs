using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>Gives each file of an event the part that brought its bytes: by its whole name, each part once, in the order
/// of both; else by the name without folders, where one part and one file alone are left of it.</summary>
static class GenericFiles
{
    /// <summary>The event with what the parts brought; a part that no file of the event claims is one more of its
    /// files, unless a private one bears its name: whether it is that one's bytes nobody knows.</summary>
    public static Unpacked Filled(Unpacked unpacked, IReadOnlyList<SentPart> parts)
    {
        if (parts.Count == 0 || JsonNode.Parse(unpacked.Light.Body) is not JsonObject said || said["data"] is not JsonObject data)
            return unpacked;
        var files = unpacked.Files.ToList();
        if (files.Count + parts.Count > StrictJson.MostFiles)
            return unpacked with { Flaws = [.. unpacked.Flaws, StrictJson.TooManyFiles] };
        var flaws = unpacked.Flaws.ToList();
        var claims = Claims(said, data).ToList();
        var guarded = claims.Where(one => IsPrivate(one.File)).Select(one => BareOf(one.File)).ToHashSet();
        foreach (var (part, claimed) in parts.Zip(Claimed(parts, claims, guarded)))
        {
            if (claimed is null && Refusal(part, guarded) is { } refusal)
            {
                flaws.Add(refusal);
                continue;
            }
            var claim = claimed ?? New(data, part.Name);
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

    /// <summary>Which file claims each part, or null.</summary>
    static (JsonObject File, string Pointer)?[] Claimed(
        IReadOnlyList<SentPart> parts,
        IReadOnlyList<(JsonObject File, string Pointer)> claims,
        HashSet<string?> guarded
    )
    {
        // A private and a public file of one name: their order is too little to tell them apart by.
        var unclear = claims.ToLookup(one => NameOf(one.File))
            .Where(same => same.DistinctBy(one => IsPrivate(one.File)).Count() > 1)
            .Select(same => same.Key)
            .ToHashSet();
        var claimed = new (JsonObject File, string Pointer)?[parts.Count];
        var free = claims.Where(one => !one.File.ContainsKey("sha256")).ToList();
        var named = parts.Index().Where(one => one.Item.Name.Length > 0).ToList();
        foreach (var (index, part) in named.Where(one => !unclear.Contains(one.Item.Name)))
        {
            var found = free.FindIndex(one => NameOf(one.File) == part.Name);
            if (found < 0)
                continue;
            claimed[index] = free[found];
            free.RemoveAt(found);
        }
        // All whole names come first: by a bare one a part could take the place of the file whose whole name another has.
        foreach (var same in named.Where(one => claimed[one.Index] is null).GroupBy(one => Bare(one.Item.Name)).ToList())
        {
            var fitting = free.Where(one => BareOf(one.File) == same.Key).ToList();
            if (fitting.Count == 1 && same.Count() == 1 && (IsPrivate(fitting[0].File) || !guarded.Contains(same.Key)))
                claimed[same.First().Index] = fitting[0];
        }
        return claimed;
    }

    static Flaw? Refusal(SentPart part, HashSet<string?> guarded) =>
        part.Name.Length == 0 ? Told(Core.Texts.PartUnnamed, part.Field)
        : guarded.Contains(Bare(part.Name)) ? Told(Core.Texts.PartUnclear, part.Name)
        : null;

    static Flaw Told(string what, string? name) => new("/data/files", string.Format(Core.Texts.French, what, name));

    static bool IsPrivate(JsonObject file) =>
        file.TryGetPropertyValue("visibility", out var said)
        && !(said is JsonValue value && value.TryGetValue<string>(out var word) && word == "public");

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

    static string? BareOf(JsonObject file) => NameOf(file) is { } name ? Bare(name) : null;

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
