using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>A post in which something is missing, doubled or of another kind does not hold up its ticket.</summary>
public sealed partial class UnclearPostsTests
{
    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=bb")]
    public async Task One_that_says_it_is_a_multipart_is_put_aside(string type)
    {
        var body = Encoding.UTF8.GetBytes("--bb\r\nContent-Disposition: form-data; name=event\r\n\r\n{}\r\n--bb--\r\n");

        (await PostRt(new Post(new Dictionary<string, string> { ["x-rt-event"] = "ticket.created" }, body), type))
            .StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await Aside()).ShouldHaveSingleItem().Body.ShouldBe(Encoding.UTF8.GetString(body));
    }

    [Fact]
    public async Task One_that_lacks_something_holds_up_nothing()
    {
        await PostRt(Rt5Tests.Recorded("ticket.created"));
        (await PostRt(Rt5Tests.Recorded("ticket.correspond", said => said["transaction"]!["creator"] = null)))
            .StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (
            await PostRt(
                Rt5Tests.Recorded("ticket.correspond", said =>
                    said["transaction"]!["attachments"] = new JsonArray((JsonNode?)null)
                )
            )
        ).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await PostRt(Rt5Tests.Recorded("ticket.correspond"));

        (await Said()).ShouldBe(["TicketOpened", "SchoolCommented"]);
        (await Aside()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("\"visibility\":\"private\",\"Visibility\":\"public\"")]
    [InlineData("\"visibility\":\"private\",\"visibility\":\"public\"")]
    [InlineData("\"Visibility\":\"public\"")]
    public async Task A_private_comment_that_may_be_read_as_a_public_one_does_not_cross(string visibility)
    {
        await PostRt(Rt5Tests.Recorded("ticket.created"));
        var comment = Rt5Tests.Recorded("ticket.comment-private");
        var said = Encoding.UTF8.GetString(comment.Body).Replace("\"visibility\":\"private\"", visibility);

        (await PostRt(comment with { Body = Encoding.UTF8.GetBytes(said) })).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await Said()).ShouldBe(["TicketOpened"]);
        (await Aside()).ShouldHaveSingleItem().Body.ShouldBe(said);
    }

    Task<IReadOnlyList<PutAsidePost>> Aside() => door.Services.GetRequiredService<PutAside>().ForSchool("lyon", default);
}
