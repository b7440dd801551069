using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>Readings against what we wrote ourselves.</summary>
public class ReadingsTests
{
    [Fact]
    public void A_poll_completes_a_creation_whose_answer_was_never_heard()
    {
        var play = new ItopPlay();
        var opened = play.Poll().ShouldHaveSingleItem().ShouldBeOfType<GroupTicketOpened>();
        (opened.Reference, opened.ItopId, opened.Url).ShouldBe(
            ("R-000123", "123", "https://itop.example/pages/UI.php?operation=details&class=UserRequest&id=123")
        );

        play.Take(Readings.Opened(play.Ticket, play.Itop, ItopPlay.Rules, play.Now)).ShouldBeEmpty();
    }

    [Fact]
    public void A_ticket_that_does_not_bear_our_key_completes_nothing()
    {
        var play = new ItopPlay();
        play.Change(itop => itop with { Title = "[lyon:45121] Autre" }).Poll().ShouldBeEmpty();
        play.Ticket.ItopId.ShouldBeNull();
    }

    [Fact]
    public void A_reading_of_another_ticket_with_our_key_changes_nothing()
    {
        var play = ItopPlay.Opened();
        play.Change(itop => itop with { Id = "999", Status = "closed" }).Poll().ShouldBeEmpty();
    }

    [Fact]
    public void A_reading_begun_before_our_last_write_is_discarded()
    {
        var play = ItopPlay.Opened();
        var (began, old) = (play.Now, play.Itop);
        play.Now += TimeSpan.FromSeconds(5);
        var call = play.Wish(GroupWish.Comment, "bonjour");
        play.Write(call.Text!, "Connecteur GroupTicketing");
        play.Take(Readings.Done(play.Ticket, call, new(play.Itop), ItopPlay.Rules, play.Now));
        var before = play.Ticket;

        play.Take(Readings.On(play.Ticket, new TicketRead(ItopPlay.Asked.Heading.TicketId, old, began), ItopPlay.Rules, play.Now))
            .ShouldBeEmpty();
        play.Ticket.ShouldBe(before);
    }

    [Fact]
    public void An_answer_s_way_back_to_its_agent_is_an_echo()
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = "pending", PendingReason = "navigateur ?" });
        play.Poll();
        var call = play.Wish(GroupWish.Answer, "Firefox");
        play.Write(call.Text!, "Connecteur GroupTicketing").Change(itop => itop with { Status = "assigned" });

        play.Poll().ShouldBeEmpty();
        play.Take(Readings.Done(play.Ticket, call, new(play.Itop), ItopPlay.Rules, play.Now)).ShouldBeEmpty();
        play.Poll().ShouldBeEmpty();
        play.Ticket.Seen!.Status.ShouldBe("assigned");
    }

    [Fact]
    public void The_group_s_words_are_told_even_while_a_wish_of_ours_moves_the_ticket()
    {
        var play = ItopPlay.Opened();
        play.Wish(GroupWish.Close);
        play.Write("un instant").Change(itop => itop with { Status = "resolved", Solution = "Fermé par l’établissement." });
        play.Poll().ShouldHaveSingleItem().ShouldBeOfType<GroupCommented>();
    }

    [Fact]
    public void Closing_as_the_school_wished_is_told_as_closed_and_not_as_a_solution()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Close);
        play.Change(itop => itop with { Status = "closed", Solution = "Fermé par l’établissement." });
        play.Take(Readings.Done(play.Ticket, call, new(play.Itop), ItopPlay.Rules, play.Now))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<TicketClosed>();
    }

    [Fact]
    public void A_word_that_is_the_solution_as_well_is_told_though_we_close_before_it_was_read()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Close);
        play.Write("Le compte est rétabli.", account: "7");
        play.Change(itop => itop with { Status = "closed", Solution = "Le compte est rétabli." });

        var said = play.Take(Readings.Done(play.Ticket, call, new Written(play.Itop, null), ItopPlay.Rules, play.Now));

        said.Select(fact => fact.GetType()).ShouldBe([typeof(TicketResolved), typeof(TicketClosed)]);
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void A_solution_that_stood_there_before_we_closed_is_told_and_our_own_is_not()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Close, "Merci, c’est bon.");
        play.Change(itop => itop with { Status = "resolved", Solution = "Videz le cache." });
        play.Poll().ShouldBeEmpty();
        play.Change(itop => itop with { Status = "closed" });

        play.Take(Readings.Done(play.Ticket, call, new Written(play.Itop, null), ItopPlay.Rules, play.Now))
            .OfType<TicketResolved>().ShouldHaveSingleItem().Solution.ShouldBe("Videz le cache.");
    }

    [Fact]
    public void A_word_that_is_the_solution_as_well_is_told_once_though_a_refused_wish_was_under_way()
    {
        var play = ItopPlay.Opened();
        play.Wish(GroupWish.Close);
        play.Write("Service rétabli.", account: "7");
        play.Change(itop => itop with { Status = "resolved", Solution = "Service rétabli." });
        play.Poll().ShouldBeEmpty();

        play.Take(Readings.Refused(play.Ticket, ItopPlay.Rules, play.Now))
            .ShouldHaveSingleItem().ShouldBeOfType<TicketResolved>().Solution.ShouldBe("Service rétabli.");
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void What_was_read_while_a_refused_wish_waited_counts_after_all()
    {
        var play = ItopPlay.Opened();
        play.Wish(GroupWish.Close);
        play.Change(itop => itop with { Status = "assigned", Agent = "Camille Aubier" }).Poll().ShouldBeEmpty();
        play.Take(Readings.Refused(play.Ticket, ItopPlay.Rules, play.Now))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<TicketAssigned>();
    }

    [Fact]
    public void Of_two_moving_wishes_the_first_s_answer_does_not_end_the_second_s_waiting()
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = "pending" });
        play.Poll();
        var answer = play.Wish(GroupWish.Answer, "Firefox");
        play.Wish(GroupWish.Close);
        play.Change(itop => itop with { Status = "assigned" });
        play.Take(Readings.Done(play.Ticket, answer, new(play.Itop), ItopPlay.Rules, play.Now));
        play.Change(itop => itop with { Status = "resolved", Solution = "Fermé par l’établissement." });

        play.Poll().OfType<TicketResolved>().ShouldBeEmpty();
    }

    [Fact]
    public void Deleted_in_iTop_is_told_once_and_nothing_more_is_pending()
    {
        var play = ItopPlay.Opened();
        var gone = new GroupTicketGone(ItopPlay.Asked.Heading.TicketId, "123");

        play.Take(Readings.Gone(play.Ticket, gone with { ItopId = "124" }, play.Now)).ShouldBeEmpty("another ticket's id");
        play.Take(Readings.Gone(play.Ticket, gone, play.Now))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<TicketClosed>()
            .How.ShouldBe("deleted");
        play.Take(Readings.Gone(play.Ticket, gone, play.Now)).ShouldBeEmpty();
        Upsert.On(play.Ticket, new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Close)).Effects.ShouldBeEmpty();
        play.Ticket.ClosedAt.ShouldBe(play.Now);
    }

    [Fact]
    public void Deleted_after_its_closure_it_is_told_no_more()
    {
        var play = ItopPlay.Opened();
        play.Change(itop => itop with { Status = "closed" }).Poll();

        play.Take(Readings.Gone(play.Ticket, new GroupTicketGone(ItopPlay.Asked.Heading.TicketId, "123"), play.Now))
            .ShouldBeEmpty();
    }
}
