using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>Takes the bytes out of a generic event: what is decided, stored and said holds only their hash and size.</summary>
static class GenericFiles
{
    static readonly byte[] content = Encoding.UTF8.GetBytes("\"content\"");

    public static (Post Light, IReadOnlyList<SentFile> Files) Lighten(Post post)
    {
        if (post.Body.AsSpan().IndexOf(content) < 0 || JsonNode.Parse(post.Body)?["data"] is not JsonObject data)
            return (post, []);
        var files = new List<SentFile>();
        TakeOut(data, "/data", files);
        foreach (var (index, file) in (data["files"] as JsonArray ?? []).Index())
        {
            if (file is JsonObject one)
                TakeOut(one, $"/data/files/{index}", files);
        }
        return (post with { Body = Encoding.UTF8.GetBytes(data.Root.ToJsonString(Json.Options)) }, files);
    }

    static void TakeOut(JsonObject file, string field, List<SentFile> files)
    {
        if (file["content"] is not JsonValue value || !value.TryGetValue<string>(out var base64))
            return;
        var bytes = Convert.FromBase64String(base64);
        files.Add(new SentFile($"{field}/content", bytes));
        file.Remove("content");
        file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        file["size"] = bytes.Length;
    }
}
