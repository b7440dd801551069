using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Notification;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;
using GroupTicketing.Portal;
using GroupTicketing.Portal.Core;
using GroupTicketing.Routing;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>What deciders count of a decision that was saved.</summary>
[Collection(Measured.Alone)]
public class ModuleMetricsTests : IDisposable
{
    static readonly DateTimeOffset at = Demo.Now;

    readonly Measured measured = new();

    public void Dispose() => measured.Dispose();

    [Theory]
    [InlineData("toulouse", "Moodle", "brique=OpenMoodle decision=escalated")]
    [InlineData("toulouse", "brique-secrète-7731", "brique=unknown decision=held")]
    [InlineData("toulouse", null, "brique=unknown decision=held")]
    [InlineData("rennes", "Scénari", "brique=Scénari decision=rejected")]
    public void Where_a_ticket_goes_is_counted_by_the_catalogue_s_names(string school, string? brique, string expected)
    {
        var decider = new LinkDecider(Demo.Who);
        Take(decider, decider.Empty, Opened(school, brique), at);

        measured.Counted("groupticketing.routed").ShouldBe([$"school={school} {expected} 1"]);
    }

    [Fact]
    public void A_handover_said_again_decides_nothing_and_counts_nothing()
    {
        var decider = new LinkDecider(Demo.Who);
        var link = Take(decider, decider.Empty, Opened("toulouse", "Scénari"), at);
        Take(decider, link, Opened("toulouse", "Scénari"), at);

        measured.Counted("groupticketing.routed").ShouldHaveSingleItem().ShouldEndWith("escalated 1");
    }

    [Fact]
    public void A_group_ticket_is_counted_when_it_is_opened_and_not_when_it_is_read()
    {
        var decider = new ItopDecider(ItopPlay.Rules);
        var play = new ItopPlay();
        var ticket = Take(decider, play.Ticket, new TicketRead(ItopPlay.Asked.Heading.TicketId, play.Itop, at), at);
        measured.Counted("groupticketing.created").ShouldBe(["1"]);

        Take(
            decider,
            ticket,
            new TicketRead(ItopPlay.Asked.Heading.TicketId, play.Itop with { Status = "assigned" }, at.AddMinutes(1)),
            at.AddMinutes(1)
        );
        measured.Counted("groupticketing.created").ShouldBe(["1"]);
    }

    [Fact]
    public void A_group_ticket_that_people_opened_is_not_counted_when_a_school_s_is_linked_to_it()
    {
        var decider = new ItopDecider(ItopPlay.Rules);
        var play = new ItopPlay();
        var wanted = new GroupLinkWanted(
            Heading("toulouse"),
            new SchoolTicket("4512", "4512"),
            "INSA Toulouse",
            "INSA Toulouse",
            "t",
            play.Itop.Reference
        );
        var ticket = Take(decider, decider.Empty, wanted, at);
        var read = play.Itop with { Organisation = wanted.Organisation };
        Take(decider, ticket, new TicketRead(wanted.Heading.TicketId, read, at), at).ItopId.ShouldBe(play.Itop.Id);

        measured.Counted("groupticketing.created").Where(counted => counted != "0").ShouldBeEmpty();
    }

    [Fact]
    public void A_callback_is_counted_when_it_is_taken()
    {
        var decider = new TellingDecider(Demo.Who.Schools);
        var wanted = new SchoolUpdateWanted(
            Heading("toulouse"),
            SchoolNews.Referenced,
            Audience.Support,
            new SchoolTicket("4512", "4512"),
            "open"
        );
        var telling = Take(decider, decider.Empty, wanted, at);
        var attempt = new Attempt(
            "notification/x",
            "school",
            "school:toulouse",
            new PendingCall("1-1", "referenced", Json.Element(Telling.From(wanted)), null, at),
            "1-1",
            1,
            at,
            null,
            "t"
        );

        Settle(new Answer.TryAgain("HTTP 500", Result: new AttemptMade("1-1", SchoolNews.Referenced, at, 500, 3, null)));
        Settle(new Answer.Refused("gone", new AttemptMade("1-1", SchoolNews.Referenced, at, 410, 3, null)));
        measured.Counted("groupticketing.told").ShouldBeEmpty();
        Settle(new Answer.Done(new AttemptMade("1-1", SchoolNews.Referenced, at, 204, 3, null)));
        measured.Counted("groupticketing.told").ShouldBe(["school=toulouse 1"]);

        void Settle(Answer answer) => decider.Took(attempt, decider.Settle(telling, attempt, answer, at), at);
    }

    [Fact]
    public void Times_to_the_reference_the_takeover_and_the_solution_run_from_the_handover()
    {
        Play(
            (0, Opened("toulouse", "Scénari")),
            (1, Escalated),
            (5, Referenced),
            (600, Assigned),
            (700, new TicketAssigned(Heading("toulouse"), "autre", null)),
            (4_000, Resolved)
        );

        measured.Recorded("groupticketing.reference.duration").ShouldBe(["school=toulouse brique=Scénari 5"]);
        measured.Recorded("groupticketing.takeover.duration").ShouldBe(["school=toulouse brique=Scénari 600"]);
        measured.Recorded("groupticketing.resolution.duration").ShouldBe(["school=toulouse brique=Scénari 4000"]);
    }

    [Fact]
    public void After_a_closure_a_new_life_begins_with_its_own_opening()
    {
        Play(
            (0, Opened("toulouse", "Scénari")),
            (1, Escalated),
            (5, Referenced),
            (10, Assigned),
            (20, Resolved),
            (30, new TicketClosed(Heading("toulouse"))),
            (100, new SchoolReopened(Heading("toulouse"), new Author(Role.Support))),
            (101, Escalated),
            (103, Referenced),
            (151, Assigned)
        );

        measured
            .Recorded("groupticketing.reference.duration")
            .ShouldBe(["school=toulouse brique=Scénari 5", "school=toulouse brique=Scénari 2"]);
        measured
            .Recorded("groupticketing.takeover.duration")
            .ShouldBe(["school=toulouse brique=Scénari 10", "school=toulouse brique=Scénari 50"]);
    }

    [Fact]
    public void A_step_whose_handover_was_never_heard_is_not_timed()
    {
        Play((5, Referenced), (6, Assigned), (7, Resolved));

        measured.Recorded("groupticketing.takeover.duration").ShouldBeEmpty();
    }

    static TicketOpened Opened(string school, string? brique) =>
        new(Heading(school), new Handover(new SchoolTicket("4512", "4512"), "t", "d", new Placement(brique)));

    static TicketEscalated Escalated => ItopPlay.Asked with { Heading = Heading("toulouse") };

    static GroupTicketOpened Referenced => new(Heading("toulouse"), "R-000001", "https://itop.example/", "1");

    static TicketAssigned Assigned => new(Heading("toulouse"), "Support Scénari", "Camille Aubier");

    static TicketResolved Resolved => new(Heading("toulouse"), "fait", null);

    static Heading Heading(string school) => new(TicketIds.OfSchool(school, "4512"), school, at);

    static void Play(params (int Seconds, Fact Fact)[] steps)
    {
        var decider = new TicketsDecider([]);
        var view = TicketView.Unheard;
        foreach (var (seconds, fact) in steps)
            view = Take(decider, view, fact, at.AddSeconds(seconds));
    }

    static TState Take<TState>(IDecider<TState> decider, TState state, object message, DateTimeOffset now)
    {
        var decided = decider.Decide(state, message, now);
        decider.Took(message, decided, now);
        return decided.State;
    }
}
