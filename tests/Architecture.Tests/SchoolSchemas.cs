using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Notification.Core;

namespace GroupTicketing.Tests.Architecture;

/// <summary>What schools are promised, in <c>contracts/schema/</c>, is what the services read and write.</summary>
public class SchoolSchemas
{
    static readonly JsonNode sent = JsonNode.Parse(Tree.Text("contracts/schema/school-event.schema.json"))!;
    static readonly JsonNode received = JsonNode.Parse(Tree.Text("contracts/schema/callback.schema.json"))!;

    // The bytes come as base64; on arrival they are laid apart and leave these.
    static readonly string[] onArrival = ["sha256", "size"];

    public static TheoryData<string, Type, string> Sent => new()
    {
        { "", typeof(GenericEvent), "" },
        { "data", typeof(GenericData), "content" },
        { "requester", typeof(Requester), "" },
        { "comment", typeof(GenericComment), "" },
        { "file", typeof(GenericFile), "content" },
    };

    public static TheoryData<string, Type> Received => new()
    {
        { "", typeof(CallbackBody) },
        { "data", typeof(CallbackData) },
        { "file", typeof(CallbackFile) },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public void What_is_sent_has_the_members_that_are_read(string part, Type record, string content)
    {
        var schema = part == "" ? sent : sent["$defs"]![part]!;
        var read = Members(record).Where(member => content == "" || !onArrival.Contains(member.Name)).ToList();

        Names(schema).ShouldBe(read.Select(member => member.Name).Concat(content == "" ? [] : [content]), ignoreOrder: true);
        foreach (var member in read)
            Fits(schema["properties"]![member.Name]!, member.Type, $"{record.Name}.{member.Name}");
        Described(schema);
    }

    [Theory]
    [MemberData(nameof(Received))]
    public void What_is_received_has_the_members_that_are_written(string part, Type record)
    {
        var schema = part == "" ? received : received["$defs"]![part]!;
        var written = Members(record).ToList();

        Names(schema).ShouldBe(written.Select(member => member.Name), ignoreOrder: true);
        Texts(schema["required"])
            .ShouldBe(written.Where(member => member.IsRequired).Select(member => member.Name), ignoreOrder: true);
        foreach (var member in written)
            Fits(schema["properties"]![member.Name]!, member.Type, $"{record.Name}.{member.Name}");
        Described(schema);
    }

    [Fact]
    public void Every_news_has_its_type() =>
        Texts(received["properties"]!["type"]!["enum"])
            .ShouldBe(
                Enum.GetNames<SchoolNews>().Select(news => $"group.{news.ToLowerInvariant()}").Append("group.opened"),
                ignoreOrder: true
            );

    [Fact]
    public void Every_example_of_a_school_is_taken()
    {
        foreach (var example in sent["examples"]!.AsArray())
            Flaws(example!).ShouldBeEmpty(example!.ToJsonString());
    }

    [Fact]
    public void Every_type_that_may_be_sent_is_known()
    {
        foreach (var type in Texts(sent["properties"]!["type"]!["enum"]))
            Flaws(With(type, sent["examples"]![0]!["data"]!)).ShouldNotContain("/type");
        Flaws(With("ticket.nope", new JsonObject())).ShouldContain("/type");
    }

    [Fact]
    public void What_a_type_requires_is_refused_when_missing()
    {
        foreach (var type in Texts(sent["properties"]!["type"]!["enum"]))
            Flaws(With(type, new JsonObject()))
                .ShouldBe(Required(type).Select(name => $"/data/{name}").ToHashSet(), ignoreOrder: true, type);
    }

    [Fact]
    public void A_text_over_its_limit_is_refused()
    {
        foreach (var (name, member) in sent["$defs"]!["data"]!["properties"]!.AsObject())
        {
            if (member!["maxLength"]?.GetValue<int>() is not { } most)
                continue;
            Flaws(With("ticket.closed", new JsonObject { [name] = new string('x', most) })).ShouldBeEmpty(name);
            Flaws(With("ticket.closed", new JsonObject { [name] = new string('x', most + 1) })).ShouldBe([$"/data/{name}"], name);
        }
    }

    [Fact]
    public void The_urgencies_are_those_that_are_read()
    {
        foreach (var urgency in Texts(sent["$defs"]!["data"]!["properties"]!["urgency"]!["enum"]))
            Flaws(With("ticket.closed", new JsonObject { ["urgency"] = urgency })).ShouldBeEmpty();
        Flaws(With("ticket.closed", new JsonObject { ["urgency"] = "burning" })).ShouldBe(["/data/urgency"]);
    }

    static HashSet<string> Flaws(JsonNode body) => [.. new Generic().Unpack(Post(body)).Flaws.Select(flaw => flaw.Field)];

    static Intake.Core.RawPost Post(JsonNode body) =>
        new(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body.ToJsonString()));

    static JsonNode With(string type, JsonNode data)
    {
        var body = sent["examples"]![0]!.DeepClone();
        body["type"] = type;
        body["data"] = data.DeepClone();
        return body;
    }

    static IEnumerable<string> Required(string type) =>
        sent["allOf"]!
            .AsArray()
            .Where(rule =>
                rule!["if"]!["properties"]!["type"] is var of
                && (of!["const"]?.GetValue<string>() == type || Texts(of["enum"]).Contains(type))
            )
            .SelectMany(rule => Texts(rule!["then"]!["properties"]!["data"]!["required"]));

    static IEnumerable<(string Name, Type Type, bool IsRequired)> Members(Type record)
    {
        var nullability = new NullabilityInfoContext();
        return record
            .GetConstructors()
            .MaxBy(constructor => constructor.GetParameters().Length)!
            .GetParameters()
            .Select(parameter =>
                (
                    JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!),
                    parameter.ParameterType,
                    !parameter.HasDefaultValue && nullability.Create(parameter).ReadState is not NullabilityState.Nullable
                )
            );
    }

    static void Fits(JsonNode schema, Type type, string where)
    {
        var said = schema["type"]?.GetValue<string>() ?? (schema["$ref"] is null ? "string" : "object");
        var expected =
            type == typeof(string) || type == typeof(DateTimeOffset) || type.IsEnum ? "string"
            : type == typeof(long) ? "integer"
            : type.IsGenericType ? "array"
            : "object";
        said.ShouldBe(expected, where);
    }

    static void Described(JsonNode schema)
    {
        foreach (var (name, member) in schema["properties"]!.AsObject())
            (member!["description"] ?? member["$ref"]).ShouldNotBeNull($"say in the schema what {name} is");
    }

    static IEnumerable<string> Names(JsonNode schema) => schema["properties"]!.AsObject().Select(member => member.Key);

    static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(one => one!.GetValue<string>())];
}
