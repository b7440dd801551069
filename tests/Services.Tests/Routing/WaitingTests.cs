using GroupTicketing.Contracts;
using GroupTicketing.Registry;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>The group's clock on a ticket: its team is reminded, then the C2IP is told. The demo's calendar: eight
/// working hours for one nobody took, five working days for a silent one.</summary>
public class WaitingTests
{
    readonly LinkPlay play = new LinkPlay().Opened().Referenced();

    [Fact]
    public void One_that_nobody_takes_reminds_its_team_after_a_day_s_hours_and_then_the_C2IP()
    {
        play.WaitUntil.ShouldBe(new WorkingTime(Demo.Who.Calendar).AddWorkingHours(Demo.Now, TimeSpan.FromHours(8)));

        Look()
            .Only<GroupReminderWanted>()
            .Text.ShouldBe("Rappel de GroupTicketing : personne n’a pris ce ticket depuis 8 heures ouvrées.");
        var told = Look().Only<TicketWaits>();
        (told.Kind, told.Since).ShouldBe(("untaken", Demo.Now));
        play.Link.Waits.ShouldNotBeNull();
        Look().Last.ShouldBeEmpty("each of them once");
        Look().Last.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_was_taken_and_is_silent_does_so_after_days_and_any_word_of_the_group_begins_anew()
    {
        play.Hear(new TicketAssigned(play.Heading(), "Support Scénari", "Camille Aubier"));
        Look().Last.ShouldBeEmpty("taken meanwhile: the days count from there");
        Look().Only<GroupReminderWanted>().Text.ShouldContain("sans nouvelle depuis 5 jours ouvrés");
        Look().Only<TicketWaits>().Kind.ShouldBe("silent");

        play.Now += TimeSpan.FromDays(2);
        play.Hear(new GroupCommented(play.Heading("log-1"), new Author(Role.Group), "nous regardons"));

        play.Link.Waits.ShouldBeNull();
        Look().Last.ShouldBeEmpty();
        Look().Only<GroupReminderWanted>();
    }

    [Fact]
    public void What_the_school_writes_is_no_word_of_the_group()
    {
        play.Commented("du nouveau ?");
        Look().Only<GroupReminderWanted>();
    }

    [Fact]
    public void While_the_group_waits_for_the_school_the_clock_stands_still()
    {
        play.Pending();
        Look().Last.ShouldBeEmpty();
        Look().Last.ShouldBeEmpty();
        play.Now += TimeSpan.FromDays(2);
        play.Hear(new TicketAssigned(play.Heading(), null, null));
        Look().Last.ShouldBeEmpty();
        Look().Only<GroupReminderWanted>();
    }

    [Fact]
    public void An_ended_ticket_and_an_earlier_generation_s_clock_say_nothing()
    {
        var clock = new GroupWaited(play.Heading().TicketId, play.Link.Generation);
        play.ItopClosed();
        var before = play.WaitUntil;
        play.Now = before!.Value;
        play.Hear(clock).Last.ShouldBeEmpty();
        play.WaitUntil.ShouldBe(before, "and it is not looked at again");

        play.Reopened(Role.Support);
        play.Now = play.WaitUntil!.Value;
        play.Hear(clock).Last.ShouldBeEmpty("the new group ticket has a clock of its own");
        Look().Only<GroupReminderWanted>();
    }

    [Theory]
    [InlineData("tto")]
    [InlineData("ttr")]
    public void A_time_agreed_in_iTop_that_has_passed_goes_to_the_C2IP(string which) =>
        play.Hear(new DeadlineMissed(play.Heading(), which)).Only<TicketWaits>().Kind.ShouldBe(which);

    LinkPlay Look()
    {
        play.Now = play.WaitUntil!.Value;
        return play.Hear(new GroupWaited(play.Heading().TicketId, play.Link.Generation));
    }
}
