using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>A creation that iTop does not take, given up by a person.</summary>
public class OpeningGivenUpTests
{
    static readonly ItopDecider decider = new(ItopPlay.Rules);
    static readonly GroupTicket asked = Upsert.On(GroupTicket.Unheard, ItopPlay.Asked).State;

    [Fact]
    public void Routing_hears_of_it_and_nothing_more_is_written()
    {
        var decided = decider.Skipped(asked, Pending(new ItopCall.Create()), Demo.Now);

        decided.State.GivenUp.ShouldBeTrue();
        decided
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Say>()
            .Message.ShouldBeOfType<OpeningGivenUp>()
            .Heading.TicketId.ShouldBe(ItopPlay.Asked.Heading.TicketId);
    }

    [Fact]
    public void So_it_does_of_one_that_could_not_be_decided() =>
        decider.Skipped(GroupTicket.Unheard, ItopPlay.Asked, Demo.Now).Effects.ShouldHaveSingleItem();

    [Fact]
    public void And_of_one_that_follows_another_which_stays_what_it_is()
    {
        var opened = ItopPlay.Opened().Ticket;

        var given = decider.Skipped(opened, ItopPlay.AskedAgain, Demo.Now);

        given.Says.ShouldHaveSingleItem().ShouldBeOfType<OpeningGivenUp>().Heading.SourceId.ShouldBe("given-up:2");
        (given.State.GivenUp, given.State.ItopId, given.State.IdOf(1)).ShouldBe((true, null, "123"));
        decider.Skipped(opened, ItopPlay.Asked, Demo.Now).Says.ShouldBeEmpty("that one is open");
    }

    [Fact]
    public void A_write_given_up_is_skipped_alone()
    {
        var opened = ItopPlay.Opened().Ticket;

        var decided = decider.Skipped(opened, Pending(new ItopCall.Write(GroupWish.Comment, 1, "x")), Demo.Now);

        decided.Effects.ShouldBeEmpty();
        decided.State.ShouldBe(opened);
    }

    [Fact]
    public void A_moving_wish_given_up_lets_the_group_s_states_be_told()
    {
        var play = ItopPlay.Opened();
        play.Change(itop => itop with { Status = "pending", PendingReason = "Quel navigateur ?" });
        play.Poll();
        var wish = play.Wish(GroupWish.Answer, "Firefox");

        play.Take(decider.Skipped(play.Ticket, Pending(wish), play.Now));

        play.Change(itop => itop with { Status = "resolved", Solution = "Réparé." });
        play.Poll().OfType<TicketResolved>().ShouldHaveSingleItem();
    }

    [Fact]
    public void An_earlier_adoption_given_up_does_not_end_the_later_creation()
    {
        var wanted = new GroupLinkWanted(
            ItopPlay.Asked.Heading,
            new SchoolTicket("4512", "4512"),
            "INSA Lyon",
            "INSA Lyon",
            "Titre",
            "R-000777"
        );
        var ticket = decider.Decide(GroupTicket.Unheard, wanted, Demo.Now).State;
        ticket = decider.Decide(ticket, new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Withdraw), Demo.Now).State;
        ticket = decider.Decide(ticket, ItopPlay.AskedAgain, Demo.Now).State;

        var given = decider.Skipped(ticket, Pending(new ItopCall.Adopt("R-000777", 1)), Demo.Now);

        (given.State.GivenUp, given.Effects.Count).ShouldBe((false, 0));
    }

    [Fact]
    public void Handed_over_again_it_is_created_after_all()
    {
        var given = decider.Skipped(asked, Pending(new ItopCall.Create()), Demo.Now).State;

        var again = Upsert.On(given, ItopPlay.AskedAgain);

        again.State.GivenUp.ShouldBeFalse();
        again.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Call>().Body.ShouldBeOfType<ItopCall.Create>();
    }

    [Fact]
    public void What_was_said_of_it_and_of_one_that_was_only_found_counts_after_its_end()
    {
        var given = decider.Skipped(asked, Pending(new ItopCall.Create(1)), Demo.Now).State;
        var found = decider.Decide(
            GroupTicket.Unheard,
            new RequestFound(TicketIds.OfItop("7"), "lyon", "7", "R-000007", "t", "d"),
            Demo.Now
        ).State;

        decider.Tombstone(given, Demo.Now.AddDays(31)).ShouldNotBeNull("Routing would take what is said next for a repeat");
        decider.Tombstone(found, Demo.Now.AddDays(401)).ShouldNotBeNull("it would be found once more");
        decider.Tombstone(GroupTicket.Unheard, Demo.Now).ShouldBeNull();
    }

    static PendingCall Pending(ItopCall call) => new("1-1", call.Kind, Json.Element((object)call), null, Demo.Now);
}
