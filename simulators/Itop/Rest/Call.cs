using System.Text.Json;
using GroupTicketing.Simulators.Itop.Model;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>One call as asked: the members of <c>json_data</c> and who asks.</summary>
public sealed record Call(JsonElement Json, Account Account)
{
    private const int LongestComment = 255;

    public string Operation => Text("operation");

    public ItopClass Class => Text("class") is var name && DataModel.Find(name) is { } found
        ? found
        : throw Refusal.Error($"class: '{name}' is not a valid class'");

    public JsonElement Key => Member("key");

    public JsonElement Fields => Member("fields");

    public string? OutputFields => Optional("output_fields");

    public bool Simulate => Json.TryGetProperty("simulate", out var simulate) && simulate.ValueKind == JsonValueKind.True;

    public string Text(string name) => Member(name).ToString();

    public string? Optional(string name) => Json.TryGetProperty(name, out var value) ? value.ToString() : null;

    public void RequireComment()
    {
        var length = Text("comment").EnumerateRunes().Count();
        if (length <= LongestComment)
            return;
        var tail = $"String too long (found {length}, limited to {LongestComment})";
        var issue = Validation.Wrong("Autres informations", "misc. info", "userinfo", tail, Account.Language);
        throw Refusal.Error($"{issue}: issues = {{0=>{issue}}}, class = CMDBChange, id = -1");
    }

    public int? Number(string name)
    {
        if (!Json.TryGetProperty(name, out var value))
            return null;
        return int.TryParse(value.ToString(), out var number) ? number : 0;
    }

    private JsonElement Member(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : throw Refusal.Error($"Missing parameter '{name}'");
}
