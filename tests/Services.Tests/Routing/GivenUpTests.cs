using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Routing;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>What an operator gives up: an opening closes the link and both sides are told; anything else is skipped
/// alone.</summary>
public class GivenUpTests
{
    readonly LinkPlay play = new();

    [Fact]
    public void An_earlier_opening_given_up_does_not_end_the_later_one()
    {
        var play = new LinkPlay().Opened();
        play.Hear(new SchoolWithdrew(play.Heading("w"), null));
        play.Opened();

        play.Hear(new OpeningGivenUp(play.Heading("given-up:1"), null));

        play.Link.Stage.ShouldBe(Stage.Open);
    }

    [Fact]
    public void An_opening_given_up_in_iTop_is_the_school_s_again()
    {
        play.Opened();
        play.Hear(new OpeningGivenUp(play.Heading(), null));

        play.Last.Count.ShouldBe(2);
        play.Last[0]
            .ShouldBeOfType<GroupUpdateWanted>()
            .Wish.ShouldBe(GroupWish.Withdraw, "if the group ticket is there all the same, it is closed");
        play.Last[1].ShouldBeOfType<SchoolUpdateWanted>().News.ShouldBe(SchoolNews.Refused);
        play.Link.IsLive.ShouldBeFalse();
        play.ItopClosed().Last.ShouldBeEmpty("its end is our own doing");
    }

    [Fact]
    public void Handed_over_again_it_is_asked_of_iTop_anew()
    {
        play.Opened();
        play.Hear(new OpeningGivenUp(play.Heading(), null));

        play.Opened();

        play.Only<TicketEscalated>().Handover.Ticket.Generation.ShouldBe(2);
    }

    [Fact]
    public void A_handover_that_the_intake_could_not_read_is_told_by_its_number_alone()
    {
        play.Hear(new HandoverGivenUp(play.Heading(), new SchoolTicket("4512", "4512")));

        var told = play.OnlyNews(SchoolNews.Refused);
        (told.Ticket.Id, told.State, told.Reference).ShouldBe(("4512", "refused", null));
        told.Audience.ShouldBe(Audience.Support);
    }

    [Fact]
    public void A_live_link_is_not_ended_by_a_late_word_of_its_handover()
    {
        play.Opened();

        play.Hear(new HandoverGivenUp(play.Heading(), new SchoolTicket("4512", "4512"))).Last.ShouldBeEmpty();

        play.Link.IsLive.ShouldBeTrue();
    }

    [Fact]
    public void A_comment_given_up_is_skipped_alone()
    {
        play.Opened();
        var decided = new LinkDecider(Demo.Who).Skipped(
            play.Link,
            new SchoolCommented(play.Heading(), new Author(Role.Support), "x"),
            Demo.Now
        );

        decided.ShouldBe(new Decided<Link>(play.Link, decided.Effects));
        decided.Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Le serveur est éteint.", null, "Le serveur est éteint.")]
    [InlineData(null, "capture.png", "capture.png")]
    public void What_an_earlier_group_ticket_did_not_take_is_told_to_the_support(string? text, string? file, string named)
    {
        play.Opened().Referenced();

        var told = play.Hear(new GroupUpdateNotTaken(play.Heading("not-taken-1-1"), text, file)).OnlyNews(SchoolNews.Commented);

        (told.Audience, told.Heading.SourceId).ShouldBe((Audience.Support, "not-taken-1-1/Commented"));
        told.Text!.ShouldContain("n’a pas été transmis");
        told.Text!.ShouldContain(named);
    }

    [Fact]
    public void Once_its_link_has_ended_nobody_needs_to_know_what_was_not_taken()
    {
        play.Opened().Referenced().ItopClosed();

        play.Hear(new GroupUpdateNotTaken(play.Heading("n"), "Le serveur est éteint.")).Last.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("e\u0301")]
    [InlineData("👩\u200d👩\u200d👧")]
    public void Of_a_long_text_the_beginning_is_told_and_no_part_of_a_character(string last)
    {
        play.Opened().Referenced();
        var text = new string('a', 299) + last + new string('b', 999);

        var told = play.Hear(new GroupUpdateNotTaken(play.Heading("n"), text)).OnlyNews(SchoolNews.Commented).Text!;

        told.ShouldContain("aaa… »");
        told.ShouldNotContain("b…");
    }

    [Fact]
    public void The_answer_to_an_opening_given_up_closes_the_group_ticket()
    {
        play.Opened();
        var decided = new LinkDecider(Demo.Who).Skipped(
            play.Link,
            new GroupTicketOpened(play.Heading(), "R-000123", "https://itop.example/", "123"),
            Demo.Now
        );

        decided.State.IsLive.ShouldBeFalse();
        decided
            .Effects.Cast<Effect.Say>()
            .Select(say => say.Message.GetType())
            .ShouldBe([typeof(GroupUpdateWanted), typeof(SchoolUpdateWanted)]);
    }
}
