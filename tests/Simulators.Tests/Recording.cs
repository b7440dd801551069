using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Simulators;

/// <summary>A call to an iTop 3.2.0 and its answer, as observed.</summary>
sealed partial record Recording(string Name, JsonNode Request, JsonNode Response)
{
    // Who and how long differ from one iTop to the other; that there is such a member, and of which kind, does not.
    static readonly string[] local =
        ["key", "id", "user_id", "user_login", "time_spent", "tto", "ttr", "cumulatedpending", "org_name", "caller_name", "team_name", "team_email", "agent_name", "service_name",
         "servicesubcategory_name", "user_id_finalclass_recall", "ttr_escalation_deadline", "tto_escalation_deadline", "title"];

    public JsonObject Call => Request["json_data"]!.DeepClone().AsObject();

    public string User => Request["auth_user"]?.GetValue<string>() == "agent1" ? "intervenant" : "connecteur";

    public static Recording Of(string name)
    {
        var file = Directory.EnumerateFiles(Tree.Path("tests/Simulators.Tests/recordings"), $"{name}*.json").Order().First();
        var recorded = JsonNode.Parse(File.ReadAllText(file))!;
        return new Recording(Path.GetFileNameWithoutExtension(file), recorded["request"]!, recorded["response"]!);
    }

    public static IEnumerable<Recording> Between(int from, int to) => Directory.EnumerateFiles(Tree.Path("tests/Simulators.Tests/recordings"))
        .Select(Path.GetFileNameWithoutExtension)
        .OfType<string>()
        .Where(name => int.Parse(name[..3]) >= from && int.Parse(name[..3]) <= to)
        .Order()
        .Select(Of);

    public void ShouldBeAnsweredLike(JsonNode answer) => Stable("", answer)!.ToJsonString().ShouldBe(Stable("", Response)!.ToJsonString(), Name);

    static JsonNode? Stable(string name, JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(Numbered(member.Key), Stable(member.Key, member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => Stable(name, item))]),
        JsonValue value when local.Contains(name) || name.EndsWith("_id", StringComparison.Ordinal) || name.EndsWith("friendlyname", StringComparison.Ordinal) => $"<{value.GetValueKind()}>",
        JsonValue value when value.TryGetValue<string>(out var text) => Numbered(text),
        _ => node?.DeepClone(),
    };

    // What iTop would have expected instead is a long list in an order of its own: no caller reads it.
    static string Numbered(string text) => Expecting().Replace(Id().Replace(Date().Replace(Reference().Replace(text, "R-#"), "<date>"), "$1#"), "");

    [GeneratedRegex(@"R-\d{6}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Date();

    [GeneratedRegex(@", expecting \{.*")]
    private static partial Regex Expecting();

    [GeneratedRegex(@"(::|, id = |item_id=)\d+")]
    private static partial Regex Id();
}
