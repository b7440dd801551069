using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Portal;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Routing.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>The C2IP announces an incident on a brique: each open ticket of the chosen schools is told once, later ones
/// with their reference, and its end once.</summary>
public class AnnounceTests : IAsyncLifetime
{
    const string Address = "/v1/announcements";

    static readonly string[] schools = ["toulouse", "lyon"];

    Door door = null!;
    string key = "";
    long number;

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["routing", "portal", "notification"]);
        key = await door.Key("operator");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task Each_open_ticket_of_the_brique_is_told_once_and_its_end_once()
    {
        var mine = await Open("4512", "Scénari");
        var moodle = await Open("4513", "OpenMoodle");
        var id = await Begin("""{"brique":"Scénari","schools":["toulouse"],"text":"La publication est indisponible."}""");
        await Rounds();
        (await Told(mine)).ShouldBe(["Annonce du groupe : La publication est indisponible."]);

        var later = await Open("4514", "Scénari");
        await Rounds();
        (await Told(later)).ShouldBe(["Annonce du groupe : La publication est indisponible."]);

        (await door.Send($"{Address}/{id}/end", """{"text":"Tout est rétabli."}""", key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var after = await Open("4515", "Scénari");
        await Rounds();
        foreach (var ticket in new[] { mine, later })
            (await Told(ticket)).ShouldBe([
                "Annonce du groupe : La publication est indisponible.",
                "Fin de l’incident annoncé par le groupe : Tout est rétabli.",
            ]);
        (await Told(moodle)).ShouldBeEmpty("another brique");
        (await Told(after)).ShouldBeEmpty("it was over");
        (await door.Send($"{Address}/{id}/end", """{"text":"Encore."}""", key)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_school_that_was_not_chosen_hears_nothing()
    {
        var ticket = await Open("4512", "Scénari");
        await Begin("""{"brique":"Scénari","schools":["lyon"],"text":"Incident."}""");
        await Rounds();
        (await Told(ticket)).ShouldBeEmpty();

        await Begin("""{"brique":"Scénari","text":"Pour tous."}""");
        await Rounds();
        (await Told(ticket)).ShouldBe(["Annonce du groupe : Pour tous."]);
    }

    [Theory]
    [InlineData("""{"brique":"Nulle part","text":"x"}""", "/brique")]
    [InlineData("""{"brique":"Scénari","schools":["mars"],"text":"x"}""", "/schools")]
    [InlineData("""{"brique":"Scénari","text":" "}""", "/text")]
    [InlineData("""{"brique":"Scénari"}""", "/text")]
    public async Task What_is_wrong_is_said_and_nothing_is_announced(string body, string field)
    {
        var answer = await door.Send(Address, body, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["field"]!).ShouldBe(field);
        JsonNode.Parse(await (await door.Get(Address, key)).Content.ReadAsStringAsync())!["announcements"]!
            .AsArray()
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_operators_announce()
    {
        foreach (
            var (wrong, status) in new[]
            {
                (null, HttpStatusCode.Unauthorized),
                (await door.Key("toulouse"), HttpStatusCode.Forbidden),
            }
        )
            (await door.Send(Address, """{"brique":"Scénari","text":"x"}""", wrong)).StatusCode.ShouldBe(status);
    }

    async Task<string> Begin(string body)
    {
        var answer = await door.Send(Address, body, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
    }

    async Task<Guid> Open(string school, string brique)
    {
        var ticket = TicketIds.OfSchool(schools[0], school);
        var heading = new Heading(ticket, schools[0], Demo.Now, null, 0, 1);
        await door.Hear(
            "routing",
            new TicketOpened(heading, new Handover(new SchoolTicket(school, school), "t", "d", new Placement(brique)))
        );
        await door.Hear("routing", new GroupTicketOpened(heading, "R-000001", "https://itop.example/1", $"{++number}"));
        await door.Hear("portal", new GroupTicketOpened(heading, "R-000001", "https://itop.example/1", $"{number}"));
        await Until(async () => (await View(ticket)) is { Brique: not null, Reference: not null });
        return ticket;
    }

    // Twice: what was told is not told again.
    async Task Rounds()
    {
        var tell = door.Services.GetRequiredService<TellAnnouncements>();
        await tell.Round(default);
        await tell.Round(default);
        await Until(async () =>
            (await door.Services.GetRequiredService<IStore>().AllPending(null, 100, default)).All(pending =>
                pending.Lane != "portal-routing"
            )
        );
    }

    async Task<GroupTicketing.Portal.Core.TicketView?> View(Guid ticket) =>
        (
            await door
                .Services.GetRequiredService<Documents<GroupTicketing.Portal.Core.TicketView>>()
                .Read(ticket.ToString("N"), default)
        )?.State;

    async Task<IReadOnlyList<string>> Told(Guid ticket)
    {
        var again = await ((IDocuments)door.Services.GetRequiredService<Documents<Link>>()).Again(
            ticket.ToString("N"),
            "routing-notification",
            1,
            default
        );
        return
        [
            .. again
                .Messages.Select(one => door.Services.GetRequiredService<IMessages>().Unwait(one))
                .OfType<SchoolUpdateWanted>()
                .Where(one => one.News is SchoolNews.Commented)
                .Select(one => one.Text!),
        ];
    }

    static Task Until(Func<Task<bool>> holds) => Door.Until(async () => await holds() ? "so" : null, "it holds");
}
