using GroupTicketing.Contracts;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>A school ticket that was handed over again, while the group's side still speaks of the group ticket before:
/// its words cross, and what it became says nothing of the next one.</summary>
public class EarlierGenerationTests
{
    public static TheoryData<string> Moves =>
        ["closed", "resolved", "assigned", "pending", "returned", "stopped", "tto", "moved"];

    [Theory]
    [MemberData(nameof(Moves))]
    public void It_does_not_take_a_new_handover_out_of_triage(string move)
    {
        var play = Withdrawn();
        play.Opened("Inconnue", null, null).Link.Stage.ShouldBe(Stage.Held);

        play.Hear(Move(play, move)).Last.ShouldBeEmpty();

        (play.Link.Stage, play.Link.Stopped).ShouldBe((Stage.Held, null));
        var placed = new Placement("Scénari", "Gestion des comptes", "Connexion impossible");
        play.Hear(new TriageDecided(play.Heading("t"), placed, null, "c2ip"))
            .Last.OfType<TicketEscalated>()
            .ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void It_does_not_move_the_one_that_is_to_be_opened(string move)
    {
        var play = Withdrawn().Opened();

        play.Hear(Move(play, move)).Last.ShouldBeEmpty();

        (play.Link.Stage, play.Link.Stopped).ShouldBe((Stage.Open, null));
        play.Hear(Opened(play, "R-000124", 2)).OnlyNews(SchoolNews.Referenced).Reference.ShouldBe("R-000124");
        play.Hear(Move(play, "resolved")).OnlyNews(SchoolNews.Resolved);
    }

    [Fact]
    public void Its_reference_is_not_the_next_one_s()
    {
        var play = new LinkPlay().Opened();
        play.Hear(new SchoolWithdrew(play.Heading("w"), null)).Opened();

        play.Hear(Opened(play, "R-000123", 1)).Last.ShouldBeEmpty();

        play.Link.Reference.ShouldBeNull();
        play.Hear(Opened(play, "R-000124", 2)).OnlyNews(SchoolNews.Referenced);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(0, false)]
    public void That_it_was_opened_given_up_ends_no_other_one(int generation, bool isLive)
    {
        var play = new LinkPlay().Opened();
        play.Hear(new SchoolWithdrew(play.Heading("w"), null)).Opened();

        GivenUp.On(play.Link, Opened(play, "R-000123", generation), play.Now).State.IsLive.ShouldBe(isLive);
    }

    [Fact]
    public void Its_words_and_files_cross()
    {
        var play = Withdrawn().Opened();

        play.Hear(new GroupCommented(play.Heading("g"), new Author(Role.Group), "une piste")).OnlyNews(SchoolNews.Commented);
        var file = new FileClaim(new string('a', 64), 1, "a.txt", "text/plain");
        play.Hear(new GroupAttached(play.Heading("f"), file)).OnlyNews(SchoolNews.Attached);
    }

    [Fact]
    public void A_release_that_did_not_say_of_which_it_is_is_heard_as_before()
    {
        var play = new LinkPlay().Opened();
        play.Hear(new SchoolWithdrew(play.Heading("w"), null)).Opened();

        play.Referenced().OnlyNews(SchoolNews.Referenced);
    }

    static LinkPlay Withdrawn()
    {
        var play = new LinkPlay().Opened().Referenced();
        return play.Hear(new SchoolWithdrew(play.Heading("w"), null));
    }

    static GroupTicketOpened Opened(LinkPlay play, string reference, int generation) =>
        new(play.Heading(), reference, $"https://itop.example/{reference}", "124", generation);

    static Fact Move(LinkPlay play, string move) => move switch
    {
        "closed" => new TicketClosed(play.Heading()),
        "resolved" => new TicketResolved(play.Heading(), "Réparé.", null),
        "assigned" => new TicketAssigned(play.Heading(), "Support Scénari", null),
        "pending" => new TicketPending(play.Heading(), "quel navigateur ?"),
        "returned" => new ReturnedToSchool(play.Heading(), null),
        "stopped" => new LinkStopped(play.Heading(), "R-000123", "organisation"),
        "tto" => new DeadlineMissed(play.Heading(), "tto"),
        _ => new TicketRequalified(play.Heading(), "Publication", null, null),
    };
}
