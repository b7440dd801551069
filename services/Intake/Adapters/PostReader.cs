using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Reads a post's raw bytes, bounded. Signatures are over these, so nothing is parsed before.</summary>
static class PostReader
{
    /// <summary>Without files: 1 MiB.</summary>
    public const int MostBytes = 1024 * 1024;

    // A file of 25 MiB is 33.4 MiB in base64.
    const int MostWithFiles = 36 * 1024 * 1024;

    // A sender reads no answer while it is still sending: the server takes in, for some seconds, what is not kept.
    const int MostDrained = 2 * MostWithFiles;

    /// <summary>The post, or null when it is too big.</summary>
    public static async Task<Post?> Read(HttpRequest request, CancellationToken ct)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostDrained;
        if (request.ContentLength > MostWithFiles)
            return null;
        try
        {
            using var body = new MemoryStream((int)(request.ContentLength ?? 4_096));
            var buffer = new byte[81_920];
            while (await request.Body.ReadAsync(buffer, ct) is > 0 and var read)
            {
                if (body.Length + read > MostWithFiles)
                    return null;
                body.Write(buffer, 0, read);
            }
            var headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
            return new Post(headers, body.ToArray());
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    /// <summary>A multipart post as the event it means: part <c>event</c> is the JSON, each part with a file name is the content of the file of that name.
    /// Null: it cannot be read as one.</summary>
    public static async Task<Post?> Unfold(Post post, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(post.Header("content-type"), out var type) || type.MediaType != "multipart/form-data" || type.Boundary.Value is not { } boundary)
            return post;
        try
        {
            var (said, files) = await Parts(new MultipartReader(HeaderUtilities.RemoveQuotes(boundary).Value!, new MemoryStream(post.Body)), ct);
            return said?["data"] is JsonObject data ? post with { Body = Encoding.UTF8.GetBytes(Filled(data, files).Root.ToJsonString(Json.Options)) } : null;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static async Task<(JsonNode? Said, List<(string Name, string? Type, byte[] Bytes)> Files)> Parts(MultipartReader reader, CancellationToken ct)
    {
        JsonNode? said = null;
        var files = new List<(string Name, string? Type, byte[] Bytes)>();
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes, ct);
            if (section.AsFileSection() is { FileName.Length: > 0 } file)
                files.Add((file.FileName, section.ContentType, bytes.ToArray()));
            else
                said = JsonNode.Parse(bytes.ToArray());
        }
        return (said, files);
    }

    static JsonObject Filled(JsonObject data, List<(string Name, string? Type, byte[] Bytes)> files)
    {
        var claimed = (data["files"] as JsonArray ?? []).OfType<JsonObject>().Prepend(data).ToList();
        foreach (var (name, type, bytes) in files)
        {
            var file = claimed.Find(one => one["name"]?.GetValue<string>() == name);
            if (file is null)
                (data["files"] as JsonArray ?? (JsonArray)(data["files"] = new JsonArray())).Add(file = new JsonObject { ["name"] = name });
            file["content"] = Convert.ToBase64String(bytes);
            file[file == data ? "mediaType" : "type"] ??= type;
        }
        return data;
    }
}
