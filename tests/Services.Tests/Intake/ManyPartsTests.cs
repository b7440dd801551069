using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.Services.Tests;

/// <summary>A form has fifty files at most, and two hundred parts: of one that has more, no more is read.</summary>
public sealed class ManyPartsTests : IAsyncLifetime
{
    const string File = "Content-Disposition: form-data; name=f; filename=a";
    const string Field = "Content-Disposition: form-data; name=f";

    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["intake"]);
        key = await door.Key("toulouse");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [InlineData(File, 50, 0, null)]
    [InlineData(File, 51, 0, "/data/files")]
    [InlineData(File, 300, 0, "/data/files")]
    [InlineData(File, 49, 2, "/data/files")]
    [InlineData(File, 48, 2, null)]
    [InlineData(Field, 199, 0, null)]
    [InlineData(Field, 200, 0, "")]
    public async Task So_many_and_no_more(string part, int count, int inEvent, string? refused)
    {
        var answer = await Post(part, count, inEvent);

        answer.StatusCode.ShouldBe(refused is null ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest);
        if (refused is null)
            return;
        var flaw = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)flaw["field"]!).ShouldBe(refused);
        ((string)flaw["what"]!).ShouldContain(refused.Length > 0 ? "50" : "200");
    }

    [Theory]
    [InlineData(File)]
    [InlineData(Field)]
    public async Task Of_half_a_million_hardly_any_is_read(string part)
    {
        var before = GC.GetTotalAllocatedBytes();

        var answer = await Post(part, 500_000, 0);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // Besides what this test makes of them, five times 35 MB.
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(400L * 1024 * 1024);
    }

    async Task<HttpResponseMessage> Post(string part, int count, int inEvent)
    {
        var files = string.Join(',', Enumerable.Repeat("""{"name":"b","content":"QUJD"}""", inEvent));
        var said = Encoding.UTF8.GetString(
            GenericTests.Event("ticket.opened", $$"""{"title":"t","description":"d","files":[{{files}}]}""")
        );
        var body = $"--b\r\nContent-Disposition: form-data; name=event\r\n\r\n{said}\r\n{Parts(part, count)}--b--\r\n";
        var type = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return await door.Post(new ByteArrayContent(Encoding.ASCII.GetBytes(body)) { Headers = { ContentType = type } }, key);
    }

    static string Parts(string part, int count) =>
        new StringBuilder().Insert(0, $"--b\r\n{part}\r\n\r\n\r\n", count).ToString();
}
