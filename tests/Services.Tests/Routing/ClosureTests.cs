using GroupTicketing.Contracts;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>Resolved is a proposal; closed is the end of one group ticket, not of the school's.</summary>
public class ClosureTests
{
    static LinkPlay Proposed() => new LinkPlay().Opened().Referenced().Resolved();

    static LinkPlay Closed() => Proposed().ItopClosed();

    [Fact]
    public void A_solution_is_told_as_a_proposal()
    {
        var told = Proposed().OnlyNews(SchoolNews.Resolved);
        (told.Solution, told.State).ShouldBe(("Compte débloqué.", "resolved"));
    }

    [Fact]
    public void Confirmed_it_closes_iTop()
    {
        var play = Proposed();
        play.Hear(new SchoolConfirmed(play.Heading(), "merci")).OnlyWish(GroupWish.Close).Text.ShouldBe("merci");
    }

    [Fact]
    public void Confirming_what_was_not_proposed_does_nothing()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new SchoolConfirmed(play.Heading())).Last.ShouldBeEmpty();
    }

    [Fact]
    public void A_reply_after_the_solution_reopens_nothing() => Proposed().Commented("merci").OnlyWish(GroupWish.Comment);

    [Theory]
    [InlineData("merci !")]
    [InlineData(null)]
    public void A_requester_s_reopening_is_only_what_it_says(string? text)
    {
        var play = Proposed().Reopened(Role.Requester, text);
        if (text is null)
            play.Last.ShouldBeEmpty();
        else
            play.OnlyWish(GroupWish.Comment).Text.ShouldBe(text);
        play.Link.Stage.ShouldBe(Stage.Proposed);
    }

    [Fact]
    public void An_agent_s_reopening_contests() =>
        Proposed().Reopened(Role.Support, "pas chez nous").OnlyWish(GroupWish.Reopen).Text.ShouldBe("pas chez nous");

    [Fact]
    public void The_school_s_closure_closes_iTop_whatever_the_state()
    {
        foreach (var play in new[] { new LinkPlay().Opened().Referenced(), new LinkPlay().Opened().Pending(), Proposed() })
            play.Hear(new SchoolClosed(play.Heading())).OnlyWish(GroupWish.Close);
    }

    [Fact]
    public void Silence_closes_after_ten_working_days()
    {
        var play = Proposed();
        play.SilenceUntil.ShouldBe(DateTimeOffset.Parse("2026-12-08T09:12:00+01:00"));

        play.Now = play.SilenceUntil!.Value;
        play.Hear(new SilencePassed(play.Link.Opened!.Heading.TicketId, Demo.Now))
            .OnlyWish(GroupWish.Close)
            .Text!.ShouldContain("sans réponse");
    }

    [Fact]
    public void The_school_s_own_holidays_count()
    {
        var who = Demo.With(Demo.Toulouse with { Holidays = [new DateOnly(2026, 11, 30), new DateOnly(2026, 12, 1)] });
        new LinkPlay(who)
            .Opened()
            .Referenced()
            .Resolved()
            .SilenceUntil.ShouldBe(DateTimeOffset.Parse("2026-12-10T09:12:00+01:00"));
    }

    [Fact]
    public void Silence_of_a_proposal_that_was_reopened_since_closes_nothing()
    {
        var play = Proposed();
        var passed = new SilencePassed(play.Link.Opened!.Heading.TicketId, play.Link.ProposedAt!.Value);
        play.Hear(new TicketReopened(play.Heading()));
        play.Hear(passed).Last.ShouldBeEmpty();

        play.Now = play.Now.AddDays(1);
        play.Resolved("autre solution").Hear(passed).Last.ShouldBeEmpty();
    }

    [Fact]
    public void Silence_of_a_contested_solution_closes_nothing()
    {
        var play = Proposed();
        var passed = new SilencePassed(play.Link.Opened!.Heading.TicketId, play.Link.ProposedAt!.Value);
        play.Reopened(Role.Support).Hear(passed).Last.ShouldBeEmpty();
    }

    [Fact]
    public void Contested_while_iTop_closes_it_goes_on_as_a_new_linked_group_ticket()
    {
        var asked = Proposed().Reopened(Role.Support, "pas chez nous").ItopClosed().Only<TicketEscalated>();
        (asked.Handover.Ticket.Generation, asked.PreviousReference).ShouldBe((2, "R-000123"));
    }

    [Fact]
    public void Reopened_by_an_agent_after_closure_it_is_a_new_linked_group_ticket_with_the_agent_s_words()
    {
        var play = Closed().Reopened(Role.Support, "revenu ce matin");
        var asked = play.Only<TicketEscalated>();

        (asked.Handover.Ticket.Generation, asked.PreviousReference).ShouldBe((2, "R-000123"));
        asked.Handover.Comments!.ShouldHaveSingleItem().Text.ShouldBe("revenu ce matin");
        play.Link.Stage.ShouldBe(Stage.Open);

        play.Referenced("R-000200").Resolved().ItopClosed().Reopened(Role.Support);
        play.Only<TicketEscalated>().ShouldSatisfyAllConditions(
            third => third.Handover.Ticket.Generation.ShouldBe(3),
            third => third.PreviousReference.ShouldBe("R-000200"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_after_closure_is_answered_with_a_sentence_to_the_support(bool reopening)
    {
        var play = Closed();
        _ = reopening ? play.Reopened(Role.Requester, "merci") : play.Commented("merci");

        var told = play.OnlyNews(SchoolNews.Closed);
        told.Audience.ShouldBe(Audience.Support);
        told.Reason!.ShouldContain("rouvrez votre ticket");
        play.Link.Stage.ShouldBe(Stage.Closed);
    }

    [Fact]
    public void The_school_s_closure_after_iTop_s_says_nothing_more()
    {
        var play = Closed();
        play.Hear(new SchoolClosed(play.Heading())).Last.ShouldBeEmpty();
    }

    [Fact]
    public void Withdrawn_it_asks_iTop_to_close_with_a_sentence_and_a_new_handover_opens_again()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new SchoolWithdrew(play.Heading(), "repris chez nous"))
            .OnlyWish(GroupWish.Withdraw)
            .Text.ShouldBe("repris chez nous");
        play.Link.Stage.ShouldBe(Stage.Withdrawn);
        play.Commented().Last.ShouldBeEmpty();

        play.Opened().Only<TicketEscalated>().Handover.Ticket.Generation.ShouldBe(2);
    }

    [Fact]
    public void The_closing_we_asked_for_when_withdrawn_is_not_told_as_a_solution()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new SchoolWithdrew(play.Heading()));
        play.Resolved("Demande reprise par l’établissement.").Last.ShouldBeEmpty();
        play.ItopClosed().Last.ShouldBeEmpty();
    }

    [Fact]
    public void Handed_over_again_after_a_withdrawal_that_iTop_has_closed_it_opens_again()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new SchoolWithdrew(play.Heading()));
        play.ItopClosed();

        var asked = play.Opened().Only<TicketEscalated>();
        (asked.Handover.Ticket.Generation, asked.PreviousReference).ShouldBe((2, "R-000123"));
    }

    [Fact]
    public void Handed_over_again_after_a_closure_it_opens_again()
    {
        var asked = Closed().Opened().Only<TicketEscalated>();
        (asked.Handover.Ticket.Generation, asked.PreviousReference).ShouldBe((2, "R-000123"));
    }

    [Fact]
    public void Returned_it_is_told_as_returned_with_the_reason_and_never_as_solved()
    {
        var play = new LinkPlay().Opened().Referenced();
        var told = play.Hear(new ReturnedToSchool(play.Heading(), "compte local")).OnlyNews(SchoolNews.Returned);

        (told.State, told.Reason, told.Audience).ShouldBe(("returned", "compte local", Audience.Support));
        play.Said.OfType<SchoolUpdateWanted>().ShouldAllBe(one => one.News != SchoolNews.Resolved);
        play.Commented().Last.ShouldBeEmpty();
    }

    [Fact]
    public void A_second_handover_after_returned_opens_again()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new ReturnedToSchool(play.Heading(), "compte local"));

        var asked = play.Opened().Only<TicketEscalated>();
        (asked.Handover.Ticket.Generation, asked.PreviousReference).ShouldBe((2, "R-000123"));
        play.Link.EndedAt.ShouldBeNull();
    }
}
