using System.Reflection;
using System.Text.Json;
using GroupTicketing.Contracts;
using Missing = GroupTicketing.Platform.Missing;

namespace GroupTicketing.Tests.Contracts;

/// <summary><c>contracts/asyncapi.yaml</c> says what the records say, and nothing else.</summary>
public class AsyncApi
{
    static readonly Yaml api = Yaml.Load(Tree.Path("contracts/asyncapi.yaml"));
    static readonly Yaml schemas = api["components"]["schemas"];
    static readonly NullabilityInfoContext nullability = new();

    static readonly Type[] messages = [.. Listeners.Facts, typeof(Missing)];

    static readonly Type[] apart = [typeof(Fact), typeof(Listening), typeof(Listeners), typeof(TicketIds), typeof(Characters)];

    static readonly Type[] described = [.. typeof(Fact).Assembly.GetExportedTypes().Except(apart), typeof(Missing)];

    public static TheoryData<Type> Described => [.. described];

    public static TheoryData<string> Streams => [.. Listeners.Table.Select(row => row.Stream)];

    [Fact]
    public void It_is_version_3() => api["asyncapi"].Text.ShouldBe("3.0.0");

    [Fact]
    public void Every_fact_is_a_message_and_every_message_a_fact()
    {
        api["components"]["messages"].Keys.ShouldBe(messages.Select(type => type.Name), ignoreOrder: true);
        foreach (var type in messages)
        {
            var message = api["components"]["messages"][type.Name];
            message["name"].Text.ShouldBe($"{type.Namespace}:{type.Name}", "the name is MassTransit's identity of the message");
            message["payload"].Reference.ShouldBe(type.Name);
            message["summary"].Text.ShouldNotBeNullOrWhiteSpace($"say in asyncapi.yaml what {type.Name} means");
        }
    }

    [Fact]
    public void Every_type_has_a_schema_and_every_schema_a_type() =>
        schemas.Keys.ShouldBe(described.Select(type => type.Name), ignoreOrder: true);

    [Fact]
    public void Every_stream_is_a_channel_and_every_channel_a_stream() =>
        api["channels"].Keys.ShouldBe(Listeners.Table.Select(row => row.Stream).Append("missing"), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_channel_is_its_row_of_the_listener_table(string stream)
    {
        var row = Listeners.Table.Single(row => row.Stream == stream);
        var channel = api["channels"][stream];

        channel["address"].Text.ShouldBe(row.Queue);
        channel["messages"].Keys.ShouldBe(row.Facts.Select(fact => fact.Name), ignoreOrder: true);
        channel["messages"].Values.Select(message => message.Reference).ShouldBe(channel["messages"].Keys);
    }

    [Fact]
    public void Each_speaker_sends_and_each_listener_receives_on_its_channel()
    {
        var expected = Listeners
            .Table.SelectMany(row => new[] { (row.Speaker, "send", row.Stream), (row.Listener, "receive", row.Stream) })
            .Concat(
                Listeners
                    .Table.Select(row => row.Listener)
                    .Where(name => name != "portal")
                    .Distinct()
                    .Select(name => (name, "send", "missing"))
            )
            .Concat(Listeners.Table.Select(row => row.Speaker).Distinct().Select(name => (name, "receive", "missing")));

        var said = api["operations"].Values.Select(operation => (
            ((IDictionary<object, object>)((IList<object>)operation["tags"].Node!)[0])["name"].ToString()!,
            operation["action"].Text!,
            operation["channel"].Reference!));

        said.ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Described))]
    public void A_schema_has_the_members_of_its_record(Type type)
    {
        var schema = schemas[type.Name];
        schema["description"].Text.ShouldNotBeNullOrWhiteSpace($"say in asyncapi.yaml what {type.Name} means");
        if (type.IsEnum)
        {
            schema["type"].Text.ShouldBe("string");
            schema["enum"].Texts.ShouldBe(Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
            return;
        }
        var parameters = ContractText.Primary(type)!.GetParameters();
        schema["properties"].Keys.ShouldBe(parameters.Select(Stored), $"asyncapi.yaml: the properties of {type.Name}");
        schema["required"]
            .Texts.ShouldBe(parameters.Where(IsRequired).Select(Stored), $"asyncapi.yaml: what {type.Name} requires");
        foreach (var parameter in parameters)
            IsOfType(schema["properties"][Stored(parameter)], parameter.ParameterType, $"{type.Name}.{parameter.Name}");
        foreach (var parameter in parameters.Where(one => one.DefaultValue is int or long))
            schema["properties"]
                [Stored(parameter)]["default"]
                .Text.ShouldBe($"{parameter.DefaultValue}", $"{type.Name}.{parameter.Name}");
    }

    static string Stored(ParameterInfo parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    static bool IsRequired(ParameterInfo parameter) =>
        !parameter.HasDefaultValue && nullability.Create(parameter).ReadState is not NullabilityState.Nullable;

    static void IsOfType(Yaml schema, Type declared, string where)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsGenericType)
        {
            schema["type"].Text.ShouldBe("array", where);
            IsOfType(schema["items"], type.GetGenericArguments()[0], where);
        }
        else if (Scalar(type) is var (name, format))
        {
            (schema["type"].Text, schema["format"].Text).ShouldBe((name, format), where);
        }
        else
        {
            schema.Reference.ShouldBe(type.Name, where);
        }
    }

    static (string Name, string? Format)? Scalar(Type type) => type switch
    {
        _ when type == typeof(string) => ("string", null),
        _ when type == typeof(bool) => ("boolean", null),
        _ when type == typeof(int) => ("integer", "int32"),
        _ when type == typeof(long) => ("integer", "int64"),
        _ when type == typeof(Guid) => ("string", "uuid"),
        _ when type == typeof(DateTimeOffset) => ("string", "date-time"),
        _ => null,
    };
}
