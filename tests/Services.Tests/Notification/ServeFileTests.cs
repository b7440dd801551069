using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>A file the group added, fetched by the school's tool over real HTTP.</summary>
public class ServeFileTests : IAsyncLifetime
{
    static readonly string ticket = TicketIds.OfSchool("toulouse", "4512").ToString("N");

    readonly byte[] bytes = "<script>alert(1)</script>"u8.ToArray();
    Door door = null!;
    string hash = "", key = "", lyon = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["notification"]);
        (key, lyon) = (await door.Key("toulouse"), await door.Key("lyon"));
        hash = await door.Services.GetRequiredService<IFiles>().Put(ticket, bytes, default);
        var wanted = new SchoolUpdateWanted(
            new Heading(Guid.ParseExact(ticket, "N"), "toulouse", Demo.Now, null, 0, 1),
            SchoolNews.Attached,
            Audience.Support,
            new SchoolTicket("4512", "4512"),
            "assigned"
        );
        await door.Hear("notification", wanted);
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task Its_own_school_has_the_bytes_as_a_download_and_nothing_else()
    {
        var answer = await door.Get($"/v1/schools/toulouse/files/{ticket}/{hash}", key);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_503_with_a_time()
    {
        var kept = Path.Combine(PlatformSetup.FilesFolder(door.Data), ticket, hash);
        File.Delete(kept);
        // It can be opened, and read it says what a failing disk says: EIO.
        File.CreateSymbolicLink(kept, "/proc/self/mem");

        var answer = await door.Get($"/v1/schools/toulouse/files/{ticket}/{hash}", key);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Api.Fits("GET /v1/schools/{school}/files/{ticket}/{hash}", answer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gt_unknown")]
    [InlineData("")]
    public async Task Without_a_live_key_nobody_knows_whether_it_is_there(string? wrong)
    {
        var there = await door.Get($"/v1/schools/toulouse/files/{ticket}/{hash}", wrong);
        var none = await door.Get($"/v1/schools/toulouse/files/{ticket}/{new string('0', 64)}", wrong);

        there.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Said(there)).ShouldBe(await Said(none));
    }

    [Fact]
    public async Task Another_school_s_key_finds_nothing_by_either_address()
    {
        var none = await Said(await door.Get($"/v1/schools/toulouse/files/{ticket}/{new string('0', 64)}", key));
        foreach (var school in new[] { "toulouse", "lyon" })
        {
            var answer = await door.Get($"/v1/schools/{school}/files/{ticket}/{hash}", lyon);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await Said(answer)).ShouldBe(none, "byte for byte as where there is none");
        }
        (await door.Get($"/v1/schools/lyon/files/{ticket}/{hash}", key)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", null)]
    [InlineData(null, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(null, "..%2F..%2Fgroupticketing.db")]
    [InlineData("..%2Ffiles", null)]
    [InlineData(null, "x")]
    public async Task What_is_no_kept_file_is_404(string? otherTicket, string? otherHash)
    {
        var answer = await door.Get($"/v1/schools/toulouse/files/{otherTicket ?? ticket}/{otherHash ?? hash}", key);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Said(answer)).ShouldContain("urn:groupticketing:problem:no-file");
    }

    static async Task<string> Said(HttpResponseMessage answer)
    {
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        said.Remove("traceId");
        return said.ToJsonString();
    }
}
