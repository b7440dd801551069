using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;

namespace GroupTicketing.Intake.Dialects;

/// <summary>Takes the bytes out of a generic event: what is decided, stored and said holds only their hash and size.</summary>
static class GenericFiles
{
    static readonly byte[] content = Encoding.UTF8.GetBytes("\"content\"");

    public static (Post Light, IReadOnlyList<byte[]> Files) Lighten(Post post)
    {
        if (post.Body.AsSpan().IndexOf(content) < 0 || JsonNode.Parse(post.Body)?["data"] is not JsonObject data)
            return (post, []);
        var files = new List<byte[]>();
        TakeOut(data, files);
        foreach (var file in (data["files"] as JsonArray ?? []).OfType<JsonObject>())
            TakeOut(file, files);
        return (post with { Body = Encoding.UTF8.GetBytes(data.Root.ToJsonString()) }, files);
    }

    static void TakeOut(JsonObject file, List<byte[]> files)
    {
        if (file["content"] is not JsonValue value || !value.TryGetValue<string>(out var base64))
            return;
        var bytes = Convert.FromBase64String(base64);
        files.Add(bytes);
        file.Remove("content");
        file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        file["size"] = bytes.Length;
    }
}
