using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Routing.Core;
using Author = GroupTicketing.Contracts.Author;

namespace GroupTicketing.Services.Tests;

/// <summary>What is said while the link lives, in both directions, and for whom.</summary>
public class ConversationTests
{
    [Fact]
    public void A_comment_crosses_as_a_comment_with_its_own_heading_and_basis()
    {
        var wanted = new LinkPlay().Opened().Referenced().Commented("toujours en panne", "c7").OnlyWish(GroupWish.Comment);

        (wanted.Text, wanted.Heading.SourceId, wanted.Basis).ShouldBe(("toujours en panne", "c7", 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_while_the_group_waits_is_the_answer(bool answered)
    {
        var play = new LinkPlay().Opened().Referenced().Pending();
        if (answered)
            play.Hear(new SchoolAnswered(play.Heading(), new Author(Role.Requester), "Firefox"));
        else
            play.Commented("Firefox");

        play.OnlyWish(GroupWish.Answer).Text.ShouldBe("Firefox");
    }

    [Fact]
    public void An_answer_to_no_question_is_a_comment()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new SchoolAnswered(play.Heading(), new Author(Role.Requester), "Firefox")).OnlyWish(GroupWish.Comment);
    }

    [Fact]
    public void A_file_crosses_as_its_claim()
    {
        var play = new LinkPlay().Opened();
        var claim = new FileClaim("ab", 3, "capture.png", "image/png");
        play.Hear(new SchoolAttached(play.Heading(), new Author(Role.Requester), claim)).OnlyWish(GroupWish.Attach).File.ShouldBe(claim);
    }

    [Fact]
    public void The_reference_is_told_as_soon_as_iTop_has_given_it()
    {
        var told = new LinkPlay().Opened().Referenced().OnlyNews(SchoolNews.Referenced);
        (told.Reference, told.State, told.Url).ShouldBe(("R-000123", "open", "https://itop.example/R-000123"));
    }

    [Fact]
    public void A_pending_group_ticket_tells_its_reason_in_the_group_s_words()
    {
        var told = new LinkPlay().Opened().Referenced().Pending("quel navigateur ?").OnlyNews(SchoolNews.Pending);
        (told.Reason, told.State).ShouldBe(("quel navigateur ?", "pending"));
    }

    [Fact]
    public void Requalified_is_told_once_and_changes_no_state()
    {
        var play = new LinkPlay().Opened().Referenced().Pending();
        var told = play.Hear(new TicketRequalified(play.Heading(), "Publication", "Erreur de génération", "Support Scénari")).OnlyNews(SchoolNews.Requalified);

        (told.Reason, told.State).ShouldBe(("Publication > Erreur de génération > Support Scénari", "pending"));
        play.Link.Stage.ShouldBe(Stage.Pending);
    }

    [Fact]
    public void What_the_group_says_of_a_ticket_never_handed_over_goes_nowhere() => new LinkPlay().Resolved().Last.ShouldBeEmpty();

    [Theory]
    [InlineData(Party.Support, Audience.Support)]
    [InlineData(Party.Requester, Audience.Requester)]
    public void Texts_and_solutions_are_for_whom_the_school_chose_and_states_never_for_the_requester(Party chosen, Audience texts)
    {
        var school = Demo.Toulouse;
        var play = new LinkPlay(Demo.With(school with { Callback = school.Callback! with { Audience = chosen } })).Opened().Referenced();
        play.Hear(new TicketAssigned(play.Heading(), "Support Scénari", "Camille Aubier"));
        play.Pending();
        play.Hear(new TicketRequalified(play.Heading(), "Publication", null, null));
        play.Hear(new GroupCommented(play.Heading(), new Author(Role.Group, "Camille Aubier"), "je regarde"));
        play.Hear(new GroupAttached(play.Heading(), new FileClaim("ab", 3, "guide.pdf", "application/pdf")));
        play.Resolved();
        play.Hear(new TicketReopened(play.Heading()));
        play.Hear(new ReturnedToSchool(play.Heading(), "à traiter localement"));
        play.ItopClosed();

        var audiences = play.Said.OfType<SchoolUpdateWanted>().ToDictionary(told => told.News, told => told.Audience);
        audiences.Count.ShouldBe(10);
        foreach (var (news, audience) in audiences)
            audience.ShouldBe(news is SchoolNews.Commented or SchoolNews.Attached or SchoolNews.Resolved ? texts : Audience.Support, news.ToString());
    }

    [Fact]
    public void Refusals_and_triage_are_for_the_support_whatever_the_school_chose()
    {
        var school = Demo.Toulouse with { Callback = Demo.Toulouse.Callback! with { Audience = Party.Requester } };
        foreach (var play in new[] { new LinkPlay(Demo.With(school)).Opened("Imprimantes"), new LinkPlay(Demo.With(school with { Pilot = false })).Opened() })
            play.Said.OfType<SchoolUpdateWanted>().ShouldHaveSingleItem().Audience.ShouldBe(Audience.Support);
    }

    [Theory]
    [InlineData("rejected", "n’a pas été approuvée")]
    [InlineData("deleted", "supprimé dans iTop")]
    public void Closed_otherwise_than_by_a_solution_the_school_is_told_how(string how, string words)
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new TicketClosed(play.Heading(), how)).OnlyNews(SchoolNews.Closed).Reason.ShouldNotBeNull().ShouldContain(words);
    }

    [Fact]
    public void Deleted_while_the_school_contested_it_is_not_made_again()
    {
        var play = new LinkPlay().Opened().Referenced().Resolved().Reopened(Role.Support);
        play.Hear(new TicketClosed(play.Heading(), "deleted")).OnlyNews(SchoolNews.Closed);
    }

    [Fact]
    public void That_the_group_waits_for_an_approval_is_told_to_the_support()
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new ApprovalMoved(play.Heading(), "waiting_for_approval")).OnlyNews(SchoolNews.Commented).Text.ShouldBe("Le ticket du groupe attend une approbation.");
        play.Hear(new ApprovalMoved(play.Heading(), "approved")).OnlyNews(SchoolNews.Commented).ShouldSatisfyAllConditions(told => told.State.ShouldBe("open"), told => told.Audience.ShouldBe(Audience.Support));
    }
}
