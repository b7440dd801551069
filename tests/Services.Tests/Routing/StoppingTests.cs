using GroupTicketing.Contracts;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>A link that was stopped, as Routing knows of it.</summary>
public class StoppingTests
{
    [Fact]
    public void The_school_s_support_is_told_in_one_sentence_and_once()
    {
        var play = Stopped();
        var told = play.OnlyNews(SchoolNews.Commented);
        told.Audience.ShouldBe(Audience.Support);
        told.Text!.ShouldContain("les échanges sont arrêtés");
        play.Link.Stopped!.Why.ShouldBe("organisation");

        play.Hear(new LinkStopped(play.Heading("again"), "R-000123", "unknown")).Last.ShouldBeEmpty();
        play.Link.Stopped!.Why.ShouldBe("unknown");
    }

    [Theory]
    [InlineData("same", null)]
    [InlineData("other", "R-000777")]
    public void A_person_s_answer_goes_to_iTop(string how, string? reference)
    {
        var play = Stopped();

        play.Hear(new StoppedLinkSettled(play.Heading(), how, reference)).Only<GroupLinkSettled>().Reference.ShouldBe(reference);

        play.Link.Stopped.ShouldNotBeNull("until iTop has shown it");
        play.Hear(new LinkResumed(play.Heading("resumed")))
            .OnlyNews(SchoolNews.Commented)
            .Text!.ShouldContain("c’est bien la même demande");
        play.Link.Stopped.ShouldBeNull();
    }

    [Fact]
    public void Opened_anew_it_is_a_new_group_ticket_that_names_no_reference_of_before()
    {
        var play = Stopped();

        var asked = play.Hear(new StoppedLinkSettled(play.Heading(), "anew")).Only<TicketEscalated>();

        (asked.Handover.Ticket.Generation, asked.PreviousReference).ShouldBe((2, null));
        play.Link.Stopped.ShouldBeNull();
    }

    [Fact]
    public void Of_one_that_its_school_took_back_none_is_opened_anew()
    {
        var play = Stopped();
        play.Hear(new SchoolWithdrew(play.Heading("w"), null));

        play.Hear(new StoppedLinkSettled(play.Heading(), "anew")).Last.ShouldBeEmpty();

        (play.Link.Stage, play.Link.Stopped).ShouldBe((Stage.Withdrawn, null));
    }

    [Theory]
    [InlineData("Scénari", Stage.Open)]
    [InlineData("Inconnue", Stage.Held)]
    public void Handed_over_again_it_is_not_stopped_any_more_and_not_opened_twice(string brique, Stage stage)
    {
        var play = Stopped();
        play.Hear(new SchoolWithdrew(play.Heading("w"), null)).Opened(brique);

        play.Hear(new StoppedLinkSettled(play.Heading(), "anew")).Last.ShouldBeEmpty();

        (play.Link.Stage, play.Link.Stopped, play.Link.Generation).ShouldBe((stage, null, stage is Stage.Open ? 2 : 1));
    }

    [Theory]
    [InlineData("same")]
    [InlineData("anew")]
    public void A_link_that_is_not_stopped_stays_as_it_is(string how)
    {
        var play = new LinkPlay().Opened().Referenced();

        play.Hear(new StoppedLinkSettled(play.Heading(), how)).Last.ShouldBeEmpty();
    }

    static LinkPlay Stopped()
    {
        var play = new LinkPlay().Opened().Referenced();
        return play.Hear(new LinkStopped(play.Heading("stopped"), "R-000123", "organisation"));
    }
}
