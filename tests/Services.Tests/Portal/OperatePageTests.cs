using System.Net;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Portal;
using GroupTicketing.Portal.Adapters;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>The buttons of the operators' pages, pressed as a browser does.</summary>
public class OperatePageTests : IAsyncLifetime
{
    const string Error = "NullReferenceException in Opening.Place";

    static readonly (string, string)[] cause =
    [
        ("target", "quarantine:toulouse"),
        ("cause", nameof(Cause.Undecided)),
        ("error", Error),
    ];

    static readonly Guid[] broken = [TicketIds.OfSchool("toulouse", "1"), TicketIds.OfSchool("toulouse", "2")];

    Door door = null!;

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["routing", "portal"]);
        foreach (var one in broken)
            await door.Hear(
                "routing",
                new TicketOpened(
                    new Heading(one, "toulouse", Demo.Now, null, 0, 1),
                    new Handover(new SchoolTicket("1", "1"), "t", "d", null!)
                )
            );
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task What_is_stuck_is_shown_by_cause_with_what_fits_it()
    {
        var page = await Text(await Send(HttpMethod.Get, "/envois", await Session("operator")));

        page.ShouldContain("Par cause");
        page.ShouldContain("Échanges bloqués, action requise (toulouse)");
        page.ShouldContain("échanges bloqués : NullReferenceException in Opening.Place");
        page.ShouldContain("name=\"cause\" value=\"Undecided\"");
        page.ShouldContain("Débloquer");
        var row = new PendingRow(
            "routing",
            "t",
            Outbox.QuarantineLane,
            Outbox.QuarantineLane,
            1,
            Demo.Now,
            null,
            Error,
            Cause.Undecided
        );
        new[] { "retry", "release", "skip", "delete" }.Where(act => HaveDone.Fits(act, row)).ShouldBe(["release", "skip"]);
    }

    [Fact]
    public async Task One_is_given_up_alone_and_the_rest_of_a_cause_together()
    {
        var session = await Session("operator");

        (
            await Text(
                await Send(
                    HttpMethod.Post,
                    "/envois",
                    session,
                    ("act", "skip"),
                    ("service", "routing"),
                    ("ticket", broken[0].ToString("N")),
                    ("lane", Outbox.QuarantineLane)
                )
            )
        ).ShouldContain("Demandé pour 1 envoi");
        (await Quarantined()).ShouldBe([broken[1].ToString("N")]);
        (await Text(await Send(HttpMethod.Post, "/envois", session, [("act", "skip"), .. cause]))).ShouldContain(
            "Demandé pour 1 envoi"
        );
        (await Quarantined()).ShouldBeEmpty();
        (await Text(await Send(HttpMethod.Post, "/envois", session, [("act", "skip"), .. cause]))).ShouldContain(
            "Aucun envoi en attente de ce nom."
        );
    }

    [Fact]
    public async Task Neither_a_school_nor_another_site_s_page_does_anything()
    {
        (await Send(HttpMethod.Post, "/envois", await Session("toulouse"), [("act", "skip"), .. cause])).StatusCode.ShouldBe(
            HttpStatusCode.Redirect
        );
        (await Send(HttpMethod.Post, "/rapprochement", await Session("toulouse"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        door.Http.DefaultRequestHeaders.Add("Origin", "https://ailleurs.example");
        (await Send(HttpMethod.Post, "/envois", await Session("operator"), [("act", "skip"), .. cause])).StatusCode.ShouldBe(
            HttpStatusCode.Redirect
        );
        (await Send(HttpMethod.Post, "/rapprochement", await Session("operator"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Quarantined()).Count.ShouldBe(2);
        (await Reconciliation.Asked("itop", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Both_sides_are_read_soon_where_an_operator_asks_and_what_the_last_reading_found_is_shown()
    {
        await Reconciliation.Report(
            new ReconcileReport("school:toulouse", Demo.Now, Demo.Now, 412, 3, null, new Dictionary<string, long>()),
            default
        );
        await Reconciliation.Lost("itop", broken[0].ToString("N"), "1065", Demo.Now, default);
        var session = await Session("operator");

        var page = await Text(await Send(HttpMethod.Post, "/rapprochement", session));

        page.ShouldContain("seront relus dans les secondes");
        page.ShouldContain("412");
        page.ShouldContain("Entrées perdues par iTop");
        page.ShouldContain($"/tickets/{broken[0]:N}");
        (await Reconciliation.Asked("itop", default)).ShouldHaveSingleItem().Ticket.ShouldBeNull();
    }

    Reconciliation Reconciliation => door.Services.GetRequiredService<Reconciliation>();

    async Task<string> Session(string holder) =>
        await door.Services.GetRequiredService<Keys>().OpenSession(await door.Key(holder), default);

    async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string address,
        string session,
        params (string Name, string Value)[] form
    )
    {
        using var request = new HttpRequestMessage(method, address);
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(form.ToDictionary(field => field.Name, field => field.Value));
        request.Headers.Add("Cookie", $"{Callers.Cookie}={session}");
        return await door.Http.SendAsync(request);
    }

    static async Task<string> Text(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    async Task<IReadOnlyList<string>> Quarantined() =>
        [
            .. (await door.Services.GetRequiredService<IStore>().AllPending(null, 100, default))
                .Where(pending => pending.Lane == Outbox.QuarantineLane)
                .Select(pending => pending.Ticket),
        ];
}
