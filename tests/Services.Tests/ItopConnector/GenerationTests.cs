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

    readonly ItopRoom room = new(ItopPlay.Rules);
    readonly List<Effect> owed = [];
    GroupTicket ticket = GroupTicket.Unheard;

    [Fact]
    public void An_answer_about_an_earlier_generation_is_not_the_present_one_s()
    {
        HandedOverTwice();

        Settle(new ItopCall.Create(ItopPlay.Asked), Read("123"));

        ticket.ItopId.ShouldBeNull("the second group ticket is not opened yet");
        ticket.IdOf(1).ShouldBe("123");
        Said().ShouldNotContain(fact => fact is GroupTicketOpened);
    }

    [Fact]
    public void What_was_owed_to_the_first_is_done_there_and_the_second_is_opened()
    {
        HandedOverTwice();
        Settle(new ItopCall.Create(ItopPlay.Asked), Read("123"));
        var withdraw = Calls().OfType<ItopCall.Write>().Single();

        ticket.IdOf(withdraw.Generation).ShouldBe("123", "the withdrawal is the first ticket's");
        Settle(withdraw, Read("123") with { Status = "closed" });
        Said().ShouldNotContain(fact => fact is TicketClosed, "the first ticket's end is not the second's");
        Settle(new ItopCall.Create(second), Read("124"));

        ticket.ItopId.ShouldBe("124");
        Said().OfType<GroupTicketOpened>().Single().ItopId.ShouldBe("124");
    }

    [Fact]
    public void A_ticket_opened_before_stays_reachable_under_its_own_generation()
    {
        Hear(ItopPlay.Asked);
        Settle(new ItopCall.Create(ItopPlay.Asked), Read("123"));

        Hear(second);

        ticket.IdOf(1).ShouldBe("123");
        ticket.IdOf(2).ShouldBeNull();
    }

    void HandedOverTwice()
    {
        Hear(ItopPlay.Asked);
        Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Withdraw));
        Hear(second);
    }

    void Hear(object message) => Take(room.Decide(ticket, message, Demo.Now));

    void Settle(ItopCall call, ItopRead read)
    {
        var kind = call.GetType().Name.ToLowerInvariant();
        var debt = new Debt("1-1", kind, Json.Element(call), null, Demo.Now);
        Take(
            room.Settle(
                ticket,
                new Attempt("itop/x", "itop", "itop", debt, debt.Id, 1, Demo.Now, null, "token"),
                new Answer.Done(read),
                Demo.Now
            )
        );
    }

    void Take(Decided<GroupTicket> decided)
    {
        ticket = decided.State;
        owed.AddRange(decided.Effects);
    }

    IEnumerable<Fact> Said() => owed.OfType<Effect.Say>().Select(say => (Fact)say.Message);

    IEnumerable<ItopCall> Calls() => owed.OfType<Effect.Call>().Select(call => (ItopCall)call.Body);

    static ItopRead Read(string id) => new ItopPlay().Itop with { Id = id };
}
