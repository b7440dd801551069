using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>A creation that iTop does not take, given up by a person.</summary>
public class OpeningGivenUpTests
{
    static readonly ItopRoom room = new(ItopPlay.Rules);
    static readonly GroupTicket asked = Upsert.On(GroupTicket.Unheard, ItopPlay.Asked).State;

    [Fact]
    public void Routing_hears_of_it_and_nothing_more_is_written()
    {
        var decided = room.GaveUp(asked, Owed(new ItopCall.Create()), Demo.Now);

        decided.State.GivenUp.ShouldBeTrue();
        decided
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Say>()
            .Message.ShouldBeOfType<OpeningGivenUp>()
            .Heading.TicketId.ShouldBe(ItopPlay.Asked.Heading.TicketId);
    }

    [Fact]
    public void So_it_does_of_one_that_could_not_be_decided() =>
        room.GaveUp(GroupTicket.Unheard, ItopPlay.Asked, Demo.Now).Effects.ShouldHaveSingleItem();

    [Fact]
    public void A_write_given_up_is_skipped_alone()
    {
        var opened = ItopPlay.Opened().Ticket;

        var decided = room.GaveUp(opened, Owed(new ItopCall.Write(GroupWish.Comment, 1, "x")), Demo.Now);

        decided.Effects.ShouldBeEmpty();
        decided.State.ShouldBe(opened);
    }

    [Fact]
    public void Handed_over_again_it_is_created_after_all()
    {
        var given = room.GaveUp(asked, Owed(new ItopCall.Create()), Demo.Now).State;

        var again = Upsert.On(given, ItopPlay.AskedAgain);

        again.State.GivenUp.ShouldBeFalse();
        again.Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Call>().Body.ShouldBeOfType<ItopCall.Create>();
    }

    [Fact]
    public void What_was_said_of_it_and_of_one_that_was_only_found_counts_after_its_end()
    {
        var given = room.GaveUp(asked, Owed(new ItopCall.Create(1)), Demo.Now).State;
        var found = room.Decide(
            GroupTicket.Unheard,
            new RequestFound(TicketIds.OfItop("7"), "lyon", "7", "R-000007", "t", "d"),
            Demo.Now
        ).State;

        room.Tombstone(given, Demo.Now.AddDays(31)).ShouldNotBeNull("Routing would take what is said next for a repeat");
        room.Tombstone(found, Demo.Now.AddDays(401)).ShouldNotBeNull("it would be found once more");
        room.Tombstone(GroupTicket.Unheard, Demo.Now).ShouldBeNull();
    }

    static Debt Owed(ItopCall call) => new("1-1", call.Kind, Json.Element((object)call), null, Demo.Now);
}
