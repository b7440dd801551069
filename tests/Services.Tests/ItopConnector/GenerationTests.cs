using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>A school takes its request back and hands it over again while iTop is away: two group tickets, each answer
/// for its own.</summary>
public class GenerationTests
{
    static readonly TicketEscalated second = ItopPlay.AskedAgain with
    {
        PreviousReference = "R-000123",
    };

    readonly ItopDecider decider = new(ItopPlay.Rules);
    readonly List<Effect> effects = [];
    GroupTicket ticket = GroupTicket.Unheard;

    [Fact]
    public void An_answer_about_an_earlier_generation_is_not_the_present_one_s()
    {
        HandedOverTwice();

        Settle(new ItopCall.Create(), Read("123"));

        ticket.ItopId.ShouldBeNull("the second group ticket is not opened yet");
        ticket.IdOf(1).ShouldBe("123");
        Said().ShouldNotContain(fact => fact is GroupTicketOpened);
    }

    [Fact]
    public void What_was_pending_for_the_first_is_done_there_and_the_second_is_opened()
    {
        HandedOverTwice();
        Settle(new ItopCall.Create(), Read("123"));
        var withdraw = Calls().OfType<ItopCall.Write>().Single();

        ticket.IdOf(withdraw.Generation).ShouldBe("123", "the withdrawal is the first ticket's");
        Settle(withdraw, Read("123") with { Status = "closed" });
        Said().ShouldNotContain(fact => fact is TicketClosed, "the first ticket's end is not the second's");
        Settle(new ItopCall.Create(2), Read("124"));

        ticket.ItopId.ShouldBe("124");
        Said().OfType<GroupTicketOpened>().Single().ShouldSatisfyAllConditions(
            said => said.ItopId.ShouldBe("124"),
            said => said.Generation.ShouldBe(2)
        );
    }

    [Fact]
    public void A_ticket_opened_before_stays_reachable_under_its_own_generation()
    {
        Hear(ItopPlay.Asked);
        Settle(new ItopCall.Create(), Read("123"));

        Hear(second);

        ticket.IdOf(1).ShouldBe("123");
        ticket.IdOf(2).ShouldBeNull();
    }

    [Fact]
    public void What_is_to_be_created_lies_in_the_document_alone_until_iTop_has_it()
    {
        HandedOverTwice();
        Calls().OfType<ItopCall.Create>().ShouldBe([new ItopCall.Create(1), new ItopCall.Create(2)]);
        ticket.Creations.Keys.ShouldBe([1, 2]);

        Settle(new ItopCall.Create(1), Read("123"));
        ticket.Creations.Keys.ShouldBe([2]);

        Settle(new ItopCall.Create(2), Read("124"));
        ticket.Creations.ShouldBeEmpty();
    }

    [Fact]
    public void The_first_creation_given_up_does_not_end_the_second()
    {
        HandedOverTwice();

        var given = decider.Skipped(ticket, Pending(new ItopCall.Create(1)), Demo.Now);

        given.Effects.ShouldBeEmpty();
        (given.State.GivenUp, given.State.Generation, given.State.ClosedAt).ShouldBe((false, 2, null));
        given.State.Creations.Keys.ShouldBe([2]);
    }

    void HandedOverTwice()
    {
        Hear(ItopPlay.Asked);
        Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Withdraw));
        Hear(second);
    }

    void Hear(object message) => Take(decider.Decide(ticket, message, Demo.Now));

    void Settle(ItopCall call, ItopRead read)
    {
        var pending = Pending(call);
        Take(
            decider.Settle(
                ticket,
                new Attempt("itop/x", "itop", "itop", pending, pending.Id, 1, Demo.Now, null, "token"),
                new Answer.Done(read),
                Demo.Now
            )
        );
    }

    static PendingCall Pending(ItopCall call) => new("1-1", call.Kind, Json.Element(call), null, Demo.Now);

    void Take(Decided<GroupTicket> decided)
    {
        ticket = decided.State;
        effects.AddRange(decided.Effects);
    }

    IEnumerable<Fact> Said() => effects.OfType<Effect.Say>().Select(say => (Fact)say.Message);

    IEnumerable<ItopCall> Calls() => effects.OfType<Effect.Call>().Select(call => (ItopCall)call.Body);

    static ItopRead Read(string id) => new ItopPlay().Itop with { Id = id };
}
