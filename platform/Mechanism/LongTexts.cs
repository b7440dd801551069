using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Platform;

/// <summary>
/// Keeps documents small: in one of more than <see cref="MostBytes"/> every long text lies apart under its hash, and a
/// mark stands in its place. What lies apart is written
/// with the document that refers to it or before, is never changed, and goes with the document.
/// </summary>
sealed class LongTexts(IStore store)
{
    /// <summary>What a document's bytes may be before its long texts are laid apart: 64 KiB.</summary>
    public const int MostBytes = 64 * 1024;

    const int Long = 2_048;
    const string Mark = "$text";

    static readonly byte[] mark = Encoding.UTF8.GetBytes($"\"{Mark}\":");

    /// <summary>The document's bytes without its long texts.</summary>
    /// <param name="key">The document's key.</param>
    /// <param name="apart">The hashes of what lies apart already; those laid apart now are added.</param>
    /// <param name="pieces">What is to be written with it is added.</param>
    public static byte[] TakeOut(string key, byte[] body, ISet<string> apart, List<Piece> pieces)
    {
        if (body.Length <= MostBytes)
            return body;
        var texts = new Dictionary<string, byte[]>();
        var light = Walk(JsonNode.Parse(body), node => Out(node, texts));
        foreach (var (hash, text) in texts.Where(text => apart.Add(text.Key)))
            pieces.Add(new(Sides.Texts, PieceOf(key, hash), text));
        return Json.Write(light);
    }

    /// <summary>The document's bytes with its long texts.</summary>
    /// <param name="apart">The hashes of what lies apart are added.</param>
    public async ValueTask<byte[]> PutBack(string key, byte[] body, ISet<string> apart, CancellationToken ct)
    {
        if (body.AsSpan().IndexOf(mark) < 0)
            return body;
        var pieces = await store.ListSide(Sides.Texts, PieceOf(key, ""), ct);
        var texts = pieces.ToDictionary(
            piece => piece.Key[PieceOf(key, "").Length..],
            piece => Encoding.UTF8.GetString(piece.Body)
        );
        apart.UnionWith(texts.Keys);
        return Json.Write(Walk(JsonNode.Parse(body), node => Back(node, texts)));
    }

    static JsonNode? Out(JsonNode? node, Dictionary<string, byte[]> texts)
    {
        if (
            node is not JsonValue value
            || value.GetValueKind() is not JsonValueKind.String
            || value.GetValue<string>() is not { Length: >= Long } text
        )
            return node;
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        texts[hash] = bytes;
        return new JsonObject { [Mark] = hash };
    }

    static JsonNode? Back(JsonNode? node, Dictionary<string, string> texts)
    {
        if (node is not JsonObject { Count: 1 } marked || marked[Mark] is not { } hash)
            return node;
        return texts.TryGetValue(hash.GetValue<string>(), out var text)
            ? JsonValue.Create(text)
            : throw new StoreUnavailableException("a long text of a document is missing");
    }

    // Depth first; what a node becomes stands where it stood.
    static JsonNode? Walk(JsonNode? node, Func<JsonNode?, JsonNode?> change)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToList())
                    Replace(member, Walk(member, change), becomes => members[name] = becomes);
                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                    Replace(items[index], Walk(items[index], change), becomes => items[index] = becomes);
                break;
        }
        return change(node);
    }

    static void Replace(JsonNode? node, JsonNode? becomes, Action<JsonNode?> put)
    {
        if (node != becomes)
            put(becomes);
    }

    static string PieceOf(string key, string hash) => $"{key}|{hash}";
}
