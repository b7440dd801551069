using System.Text.Json.Nodes;
using GroupTicketing.ItopConformance.Replay;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>What makes two answers alike, and what does not.</summary>
public sealed class LikenessTests
{
    [Theory]
    [InlineData("""{"code":0,"objects":null}""", """{"code":0}""")]
    [InlineData("""{"code":0,"message":null}""", """{"message":null,"code":0}""")]
    [InlineData("""{"key":"5"}""", """{"key":5}""")]
    [InlineData("""{"date":"2026-11-23 17:22:01"}""", """{"date":"2026-11-23 17:22:02"}""")]
    [InlineData("""{"ids":["1","2"]}""", """{"ids":["2","1"]}""")]
    [InlineData("""{"message":"Found: 41"}""", """{"message":"Found: 40"}""")]
    [InlineData("""{"flag":false}""", """{"flag":true}""")]
    public void Members_their_order_types_and_values_count(string recorded, string simulated) =>
        Likeness.Differences(JsonNode.Parse(recorded), JsonNode.Parse(simulated)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("Unknown class - found 'X', expecting {A, B}", "Unknown class - found 'X', expecting {A}")]
    [InlineData("query = UPDATE a, mysql_errno = 1205", "query = UPDATE b, mysql_errno = 1205")]
    public void The_classes_it_knows_and_its_SQL_do_not(string recorded, string simulated) =>
        Likeness.Differences(JsonValue.Create(recorded), JsonValue.Create(simulated)).ShouldBeEmpty();

    [Fact]
    public void A_difference_says_where_it_is() => Likeness
        .Differences(JsonNode.Parse("""{"a":{"b":["x"]}}"""), JsonNode.Parse("""{"a":{"b":["y"]}}"""))
        .ShouldBe(["/a/b/0: x recorded, y simulated"]);

    [Fact]
    public void A_described_text_is_made() =>
        Repeats.Expand(JsonNode.Parse("""{"t":{"repeat":"xy","count":3,"before":"<p>","after":"</p>"}}"""))!["t"]!
            .ToString()
            .ShouldBe("<p>xyxyxy</p>");
}
