using System.Text.Json.Nodes;

namespace GroupTicketing.Platform.Tests;

/// <summary>What a later release wrote into a state is not lost by this one, and what this one took out stays out.</summary>
public sealed class KeepUnknownTests
{
    [Theory]
    [InlineData("""{"name":"a","later":1}""", """{"name":"b"}""", """{"name":"b","later":1}""")]
    [InlineData("""{"name":"a"}""", """{}""", """{}""")]
    [InlineData("""{"inner":{"name":"a","later":[1]}}""", """{"inner":{"name":"b"}}""", """{"inner":{"name":"b","later":[1]}}""")]
    [InlineData("""{"inner":{"name":"a","later":1}}""", """{}""", """{}""")]
    [InlineData("""{"inners":[{"later":1}]}""", """{"inners":[{"name":"a"}]}""", """{"inners":[{"name":"a"}]}""")]
    [InlineData("""{"byName":{"x":"1"}}""", """{"byName":{}}""", """{"byName":{}}""")]
    public void What_is_unknown_is_kept_and_nothing_else(string read, string written, string kept)
    {
        var target = JsonNode.Parse(written)!;

        Json.KeepUnknown(JsonNode.Parse(read)!.AsObject(), target, typeof(State));

        target.ToJsonString().ShouldBe(kept);
    }

    sealed record State(
        string? Name = null,
        State? Inner = null,
        IReadOnlyList<State>? Inners = null,
        Dictionary<string, string>? ByName = null
    );
}
