using System.Net;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class PagesTests
{
    [Fact]
    public async Task The_pages_show_the_ticket_and_encode_every_text()
    {
        await using var itop = await RunningItop.Start();
        var fields = new
        {
            org_id = 2,
            title = "<script>alert(1)</script>",
            description = "D",
            service_id = 1,
            servicesubcategory_id = 1,
        };
        await itop.Create(fields);
        await itop.Update(
            "1",
            new { public_log = new { add_item = new { message = "<img src=x onerror=alert(1)>", format = "text" } } }
        );
        await itop.Update("1", new { private_log = "secret interne" });

        var list = await itop.Http.GetStringAsync("/");
        var ticket = await itop.Http.GetStringAsync("/tickets/1");

        WebUtility.HtmlDecode(list).ShouldContain("Scénari > Gestion des comptes > Création de compte");
        list.ShouldContain("R-000001");
        foreach (var page in new[] { list, ticket })
        {
            page.ShouldNotContain("<script");
            page.ShouldNotContain("<img");
            page.ShouldNotContain("http://");
            page.ShouldNotContain("https://");
            page.ShouldContain("&lt;script&gt;");
        }
        ticket.ShouldContain("onerror");
        ticket.ShouldNotContain("secret interne");
    }

    [Fact]
    public async Task An_unknown_ticket_is_not_found()
    {
        await using var itop = await RunningItop.Start();
        (await itop.Http.GetAsync("/tickets/42")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
