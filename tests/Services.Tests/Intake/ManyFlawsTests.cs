using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Dialects;

namespace GroupTicketing.Services.Tests;

/// <summary>However much is wrong with a post, and however it is called, what is answered stays small: the flaws that are
/// told, the lists and the names that are read have limits.</summary>
public sealed class ManyFlawsTests : IAsyncLifetime
{
    // Fifty flaws, each with a sentence.
    const int MostAnswered = 100 * 1024;

    Door door = null!;

    public async ValueTask InitializeAsync() => door = await Door.Open(["intake"]);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [InlineData("\"comments\":[?]", "0", 500_000)]
    [InlineData("\"comments\":[?]", "{\"ID\":\"\"}", 80_000)]
    [InlineData("\"comments\":[?]", "{\"id\":\"1\",\"text\":\"x\",\"at\":\"2026-11-24T09:00:00Z\",\"by\":\"?\"}", 10_000)]
    [InlineData("\"files\":[?]", "0", 500_000)]
    [InlineData("\"files\":[?]", "{\"name\":1}", 90_000)]
    [InlineData("\"x\":{?}", "\"a\":0", 150_000)]
    public async Task Some_of_them_are_told(string list, string item, int count)
    {
        var items = string.Join(',', Enumerable.Repeat(item, count));
        var flaws = await Refused(Opened(list.Replace("?", items)));

        flaws.Count.ShouldBeInRange(StrictJson.MostFlaws, StrictJson.MostFlaws + 1);
    }

    [Theory]
    [InlineData(GenericCheck.MostComments, 0)]
    [InlineData(GenericCheck.MostComments + 1, 1)]
    public void A_thousand_comments_are_taken(int count, int flaws)
    {
        var comments = Enumerable.Range(0, count).Select(one => $$"""{"id":"{{one}}","text":"x","at":"2026-11-24T09:00:00Z"}""");

        GenericTests.Unpack(Opened($"\"comments\":[{string.Join(',', comments)}]"))
            .Flaws.Select(flaw => flaw.Field)
            .ShouldBe(Enumerable.Repeat("/data/comments", flaws));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    [InlineData(900_000, true)]
    public async Task A_name_that_is_longer_than_any_is_refused_and_not_repeated(int length, bool isRefused)
    {
        var twice = string.Join(',', Enumerable.Repeat("\"x\":0", 60));
        var post = Opened($$"""
            "{{new string('n', length)}}":{{{(isRefused ? twice : "")}}}
            """);
        if (!isRefused)
            (await door.Post(post)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        else
            (await Refused(post))[0].ShouldBe("/data/…");
    }

    [Fact]
    public async Task Nor_is_a_place_that_is_deep_under_long_names()
    {
        var name = new string('/', 200);
        var deep = Enumerable.Range(0, 12).Aggregate(
            $"{{{string.Join(',', Enumerable.Repeat("\"x\":0", 60))}}}",
            (inner, _) => $$"""{"{{name}}":{{inner}}}"""
        );

        (await Refused(Opened($"\"d\":{deep}"))).ShouldAllBe(field => field.Length <= 1_001);
    }

    async Task<IReadOnlyList<string>> Refused(byte[] post)
    {
        using var answer = await door.Post(post);
        var said = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        said.Length.ShouldBeLessThan(MostAnswered);
        return [.. JsonNode.Parse(said)!["errors"]!.AsArray().Select(flaw => (string)flaw!["field"]!)];
    }

    static byte[] Opened(string member) =>
        GenericTests.Event("ticket.opened", $$"""{"title":"t","description":"d",{{member}}}""");
}
