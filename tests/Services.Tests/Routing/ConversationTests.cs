using GroupTicketing.Contracts;
using GroupTicketing.Registry;
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

        (wanted.Text, wanted.Heading.SourceId).ShouldBe(("toujours en panne", "c7"));
    }

    [Theory]
    [InlineData(Role.Requester, false, GroupWish.Answer)]
    [InlineData(Role.Requester, true, GroupWish.Answer)]
    [InlineData(Role.Support, true, GroupWish.Answer)]
    [InlineData(Role.Support, false, GroupWish.Comment)]
    [InlineData(Role.Support, null, GroupWish.Answer)]
    public void While_the_group_waits_the_requester_s_words_and_what_bears_the_mark_are_the_answer(
        Role by,
        bool? marked,
        GroupWish wish
    )
    {
        var play = new LinkPlay().Opened().Referenced().Pending();

        play.Commented("Firefox", by: by, marked: marked).OnlyWish(wish).Text.ShouldBe("Firefox");

        play.Link.Stage.ShouldBe(Stage.Pending, "iTop says when the wait is over");
    }

    [Theory]
    [InlineData(Role.Requester)]
    [InlineData(Role.Support)]
    public void What_is_said_to_be_the_answer_is(Role by)
    {
        var play = new LinkPlay().Opened().Referenced().Pending();
        play.Hear(new SchoolAnswered(play.Heading(), new Author(by), "Firefox")).OnlyWish(GroupWish.Answer);
    }

    [Theory]
    [InlineData(Role.Requester, GroupWish.Answer)]
    [InlineData(Role.Support, GroupWish.Comment)]
    public void A_reopening_s_words_while_the_group_waits_are_as_any_others(Role by, GroupWish wish) =>
        new LinkPlay().Opened().Referenced().Pending().Reopened(by, "Firefox").OnlyWish(wish);

    [Theory]
    [InlineData("public", "Firefox ?", false)]
    [InlineData("private", "@groupe Firefox", true)]
    [InlineData("public", "@groupe Firefox", true)]
    public void Each_dialect_says_whether_the_author_set_the_mark(string visibility, string text, bool marked)
    {
        var handedOver = GroupTicketing.Intake.Core.SchoolSide.Unheard with { HandedOver = true };
        var generic = GenericTests.Event(
            "ticket.commented",
            $$"""{"id":"c","text":"{{text}}","visibility":"{{visibility}}","by":"support"}"""
        );
        var rt = Rt5Tests.Recorded("ticket.comment-private", said =>
            (said["transaction"]!["visibility"], said["transaction"]!["text"]) = (visibility, text)
        );

        (
            (SchoolCommented)
                new GroupTicketing.Intake.Dialects.Generic()
                    .Read(GroupTicketing.Intake.Core.Post.Bare(generic), Demo.Toulouse, handedOver)
                    .Says[0]
        ).Marked.ShouldBe(marked);
        ((SchoolCommented)new GroupTicketing.Intake.Dialects.Rt5().Read(rt, Demo.Lyon, handedOver).Says[0]).Marked.ShouldBe(
            marked
        );
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
        play.Hear(new SchoolAttached(play.Heading(), new Author(Role.Requester), claim))
            .OnlyWish(GroupWish.Attach)
            .File.ShouldBe(claim);
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
        var told = play.Hear(new TicketRequalified(play.Heading(), "Publication", "Erreur de génération", "Support Scénari"))
            .OnlyNews(SchoolNews.Requalified);

        (told.Reason, told.State).ShouldBe(("Publication > Erreur de génération > Support Scénari", "pending"));
        play.Link.Stage.ShouldBe(Stage.Pending);
    }

    [Fact]
    public void What_the_group_says_of_a_ticket_never_handed_over_goes_nowhere() =>
        new LinkPlay().Resolved().Last.ShouldBeEmpty();

    [Theory]
    [InlineData(Party.Support, Audience.Support)]
    [InlineData(Party.Requester, Audience.Requester)]
    public void Texts_and_solutions_are_for_whom_the_school_chose_and_states_never_for_the_requester(Party chosen, Audience texts)
    {
        var school = Demo.Toulouse;
        var play = new LinkPlay(Demo.With(school with { Callback = school.Callback! with { Audience = chosen } }))
            .Opened()
            .Referenced();
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
            audience.ShouldBe(
                news is SchoolNews.Commented or SchoolNews.Attached or SchoolNews.Resolved ? texts : Audience.Support,
                news.ToString()
            );
    }

    [Fact]
    public void Refusals_and_triage_are_for_the_support_whatever_the_school_chose()
    {
        var school = Demo.Toulouse with { Callback = Demo.Toulouse.Callback! with { Audience = Party.Requester } };
        foreach (
            var play in new[]
            {
                new LinkPlay(Demo.With(school)).Opened("Imprimantes"),
                new LinkPlay(Demo.With(school with { Pilot = false })).Opened(),
            }
        )
            play.Said.OfType<SchoolUpdateWanted>().ShouldHaveSingleItem().Audience.ShouldBe(Audience.Support);
    }

    [Theory]
    [InlineData("rejected", "n’a pas été approuvée")]
    [InlineData("deleted", "supprimé dans iTop")]
    public void Closed_otherwise_than_by_a_solution_the_school_is_told_how(string how, string words)
    {
        var play = new LinkPlay().Opened().Referenced();
        play.Hear(new TicketClosed(play.Heading(), how))
            .OnlyNews(SchoolNews.Closed)
            .Reason.ShouldNotBeNull()
            .ShouldContain(words);
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
        play.Hear(new ApprovalMoved(play.Heading(), "waiting_for_approval"))
            .OnlyNews(SchoolNews.Commented)
            .Text.ShouldBe("Le ticket du groupe attend une approbation.");
        play.Hear(new ApprovalMoved(play.Heading(), "approved"))
            .OnlyNews(SchoolNews.Commented)
            .ShouldSatisfyAllConditions(told => told.State.ShouldBe("open"), told => told.Audience.ShouldBe(Audience.Support));
    }
}
