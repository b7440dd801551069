using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>What iTop answered.</summary>
public sealed record RestAnswer(int Status, string Type, JsonObject Body)
{
    public int Code => (int)Body["code"]!;

    public string? Message => Body["message"]?.ToString();

    /// <summary>Members in their order, and the kinds of what matters: what a client's parser rests on.</summary>
    public string Shape => string.Join(' ', Body.Select(member => member.Value is null ? $"{member.Key}:null" : member.Key));

    public int Count => Body["objects"]?.AsObject().Count ?? 0;

    /// <summary>The first object; fails with the message where there is none.</summary>
    public JsonObject First => Body["objects"] is JsonObject { Count: > 0 } objects
        ? objects.First().Value!.AsObject()
        : throw new InvalidOperationException($"code {Code}, {Message}");

    public string Name => First is null ? "" : Body["objects"]!.AsObject().First().Key;

    public string Id => First["key"]!.ToString();

    public JsonObject Fields => First["fields"]!.AsObject();

    public string? Field(string code) => Fields[code]?.ToString();

    public JsonArray Log(string code = "public_log") => Fields[code]!["entries"]!.AsArray();
}
