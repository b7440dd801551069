using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>One link, told things in turn by either side; it remembers all it said.</summary>
sealed class LinkPlay(WhoIsWho? who = null, string school = "toulouse")
{
    long heard;

    public Link Link { get; private set; } = Link.Unheard;

    public List<Fact> Said { get; } = [];

    /// <summary>What the last thing told made it say.</summary>
    public IReadOnlyList<Fact> Last { get; private set; } = [];

    public DateTimeOffset? SilenceUntil { get; private set; }

    /// <summary>When it wants to look next whether the group moves the ticket.</summary>
    public DateTimeOffset? WaitUntil { get; private set; }

    public DateTimeOffset Now { get; set; } = Demo.Now;

    public Heading Heading(string? source = null) => new(TicketIds.OfSchool(school, "4512"), school, Now, source, 0, ++heard);

    /// <summary>Goes on from what was kept of a link.</summary>
    public LinkPlay From(Link kept)
    {
        Link = kept;
        return this;
    }

    public LinkPlay Hear(object message)
    {
        var decided = Decide.On(Link, message, who ?? Demo.Who, Now);
        (Link, Last) = (decided.State, [.. decided.Says.Cast<Fact>()]);
        foreach (var reminder in decided.Effects.OfType<Effect.Remind>())
        {
            if (reminder.Message is SilencePassed)
                SilenceUntil = reminder.At;
            else
                WaitUntil = reminder.At;
        }
        Said.AddRange(Last);
        return this;
    }

    public LinkPlay Opened(
        string? brique = "Scénari",
        string? service = "Gestion des comptes",
        string? sousService = "Connexion impossible",
        string? queue = null
    ) =>
        Hear(
            new TicketOpened(
                Heading(),
                new Handover(
                    new SchoolTicket("4512", "4512"),
                    "Titre",
                    "Description",
                    new Placement(brique, service, sousService, Queue: queue)
                )
            )
        );

    public LinkPlay Commented(string text = "bonjour", string? source = null, Role by = Role.Support, bool? marked = false) =>
        Hear(new SchoolCommented(Heading(source), new Author(by), text, marked));

    public LinkPlay Reopened(Role by, string? text = null) => Hear(new SchoolReopened(Heading("reopen"), new Author(by), text));

    public LinkPlay Referenced(string reference = "R-000123") =>
        Hear(new GroupTicketOpened(Heading(), reference, $"https://itop.example/{reference}", "123"));

    public LinkPlay Pending(string reason = "quel navigateur ?") => Hear(new TicketPending(Heading(), reason));

    public LinkPlay Resolved(string solution = "Compte débloqué.") => Hear(new TicketResolved(Heading(), solution, null));

    public LinkPlay ItopClosed() => Hear(new TicketClosed(Heading()));

    public TFact Only<TFact>()
        where TFact : Fact => Last.ShouldHaveSingleItem().ShouldBeOfType<TFact>();

    public GroupUpdateWanted OnlyWish(GroupWish wish)
    {
        var wanted = Only<GroupUpdateWanted>();
        wanted.Wish.ShouldBe(wish);
        return wanted;
    }

    public SchoolUpdateWanted OnlyNews(SchoolNews news)
    {
        var told = Only<SchoolUpdateWanted>();
        told.News.ShouldBe(news);
        return told;
    }
}
