using GroupTicketing.Contracts;
using GroupTicketing.Routing;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>What is left of a link long after its end, and what still comes then.</summary>
public class LongAfterTests
{
    static readonly LinkDecider decider = new(Demo.Who);

    [Fact]
    public void A_tombstone_knows_the_ticket_and_no_words()
    {
        var link = Tombstone().Link;

        (link.Stage, link.Reference, link.Generation, link.IsTombstone).ShouldBe((Stage.Closed, "R-000123", 1, true));
        link.Opened!.Handover.ShouldBe(new Handover(new SchoolTicket("4512", "4512"), "", "", new Placement()));
        decider.Shelf(link).ShouldBeNull();
        link.EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public void What_the_C2IP_links_hears_its_school_again()
    {
        var kept = decider.Tombstone(new LinkPlay().Opened().Referenced().Resolved().ItopClosed().Link, Demo.Now.AddDays(31))!;
        var play = new LinkPlay { Now = Demo.Now.AddDays(180) }.From(kept);

        play.Hear(new LinkAsked(play.Heading(), new SchoolTicket("4512", "4512"), "R-000999", "Titre"))
            .Hear(new GroupTicketOpened(play.Heading(), "R-000999", "https://itop.example/R-000999", "999"))
            .Commented("toujours en panne");

        play.Last.ShouldHaveSingleItem().ShouldBeOfType<GroupUpdateWanted>();
    }

    [Fact]
    public void One_that_the_group_takes_back_after_returning_it_does_not_end_and_its_clock_goes_on()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new ReturnedToSchool(play.Heading(), "pas pour nous"));
        decider.Expires(play.Link).ShouldNotBeNull();
        play.Now = play.WaitUntil!.Value;
        play.Hear(new GroupWaited(play.Heading().TicketId, play.Link.Generation));
        var looked = play.WaitUntil;

        play.Now = play.Now.AddHours(1);
        play.Hear(new TicketAssigned(play.Heading(), "Support Scénari", "Camille"));

        decider.Expires(play.Link).ShouldBeNull("it is live");
        play.WaitUntil!.Value.ShouldBeGreaterThan(looked!.Value);
        looked = play.WaitUntil;
        play.Now = play.Now.AddHours(1);
        play.Hear(new TicketAssigned(play.Heading(), "Support Scénari", "Dominique"));
        play.WaitUntil.ShouldBe(looked, "it is looked at once at a time");
    }

    [Fact]
    public void One_that_the_group_takes_back_long_after_returning_it_is_heard_on_both_sides()
    {
        var returned = new LinkPlay().Opened().Referenced();
        returned.Hear(new ReturnedToSchool(returned.Heading(), "pas pour nous"));
        var kept = decider.Tombstone(returned.Link, Demo.Now.AddDays(31))!;
        var play = new LinkPlay { Now = Demo.Now.AddDays(40) }.From(kept);

        play.Hear(new TicketAssigned(play.Heading(), "Support Scénari", "Camille")).Commented("toujours en panne");

        play.Link.IsTombstone.ShouldBeFalse();
        play.Last.ShouldHaveSingleItem().ShouldBeOfType<GroupUpdateWanted>();
    }

    [Fact]
    public void Of_one_whose_handover_was_given_up_it_is_kept_what_was_said()
    {
        var play = new LinkPlay();
        play.Hear(new HandoverGivenUp(play.Heading(), new SchoolTicket("4512", "4512")));

        decider.Tombstone(play.Link, Demo.Now.AddDays(31)).ShouldNotBeNull("what is told of its next handover is no repeat");
    }

    [Fact]
    public void Of_a_school_that_takes_part_no_more_nothing_is_kept()
    {
        var gone = new LinkDecider(Demo.Who with { Schools = new Dictionary<string, Registry.School>() });

        gone.Tombstone(Closed().Link, Demo.Now).ShouldBeNull();
        decider.Tombstone(Link.Unheard, Demo.Now).ShouldBeNull("it was never handed over");
    }

    [Theory]
    [InlineData(Role.Requester)]
    [InlineData(Role.Support)]
    public void Whoever_writes_on_hears_that_it_is_closed_for_long(Role by)
    {
        var play = Tombstone();

        var told = play.Hear(new SchoolCommented(play.Heading("c9"), new Author(by), "Merci, parfait."))
            .OnlyNews(SchoolNews.Closed);

        told.Reason.ShouldNotBeNull().ShouldContain("clos depuis longtemps");
        told.Reason!.ShouldContain("24 novembre 2026");
        play.Link.IsTombstone.ShouldBeTrue();
    }

    [Fact]
    public void A_reopening_by_an_agent_opens_nothing_without_a_handover()
    {
        var play = Tombstone();

        play.Reopened(Role.Support, "Ce n'est pas résolu").OnlyNews(SchoolNews.Closed);

        play.Link.IsLive.ShouldBeFalse();
    }

    [Fact]
    public void A_handover_made_before_the_end_and_said_again_is_nothing_new()
    {
        var play = Tombstone();

        play.Hear(
                new TicketOpened(
                    play.Heading() with
                    {
                        OccurredAt = Demo.Now,
                    },
                    new Handover(new SchoolTicket("4512", "4512"), "Titre", "Description", new Placement("Scénari"))
                )
            )
            .Last.ShouldBeEmpty();
        play.Hear(
                new TicketLinked(
                    play.Heading() with
                    {
                        OccurredAt = Demo.Now,
                    },
                    new SchoolTicket("4512", "4512"),
                    "Titre",
                    "R-000999"
                )
            )
            .Last.ShouldBeEmpty();

        play.Link.IsTombstone.ShouldBeTrue();
    }

    [Fact]
    public void A_handover_made_since_is_the_next_group_ticket()
    {
        var play = Tombstone();

        var escalated = play.Opened().Only<TicketEscalated>();

        (escalated.Handover.Ticket.Generation, escalated.PreviousReference, escalated.Handover.Title).ShouldBe(
            (2, "R-000123", "Titre")
        );
        (play.Link.IsTombstone, play.Link.IsLive, play.Link.EndedAt).ShouldBe((false, true, null));
        decider.Expires(play.Link).ShouldBeNull();
    }

    static LinkPlay Closed() => new LinkPlay().Opened().Referenced().Resolved().ItopClosed();

    // Half a year later.
    static LinkPlay Tombstone()
    {
        var play = Closed();
        var kept = decider.Tombstone(play.Link, Demo.Now.AddDays(31)).ShouldNotBeNull();
        return new LinkPlay { Now = Demo.Now.AddDays(180) }.From(kept);
    }
}
