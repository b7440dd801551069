using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Routing.Core;

/// <summary>Every decision about a link, for both directions: one pure function, split by what is decided.</summary>
public static class Decide
{
    /// <param name="link">What is known.</param>
    /// <param name="message">What was said, by either side or by a person.</param>
    /// <param name="who">Who is who.</param>
    public static Decided<Link> On(Link link, object message, WhoIsWho who, DateTimeOffset now) => message switch
    {
        // A tool that was put back, or shows all it has, says again what it said then: a handover needs a gesture made
        // after the end.
        TicketOpened or TicketLinked when link.IsTombstone && ((Fact)message).Heading.OccurredAt <= link.EndedAt => link,
        TicketOpened opened => Opening.OnHandover(link with { IsTombstone = false }, opened, who, now),
        TicketLinked said => Pairing.On(link with { IsTombstone = false }, said, who, now),
        LinkAsked asked => Pairing.On(
            link with { IsTombstone = false },
            new TicketLinked(asked.Heading, asked.Ticket, asked.Title ?? asked.Ticket.Number, asked.Reference),
            who,
            now
        ),
        LinkRefused refused => Pairing.OnRefused(link, refused, now),
        GroupTicketFound found => Pairing.OnFound(link, found, who, now),
        StoppedLinkSettled said => Stopping.On(link, said, who, now),
        HandoverGivenUp given => GivenUp.Handover(link, given.Heading, given.Ticket, now),
        OpeningGivenUp given => GivenUp.Opening(link, given, now),
        TriageDecided decided => Opening.OnTriage(link, decided, who, now),
        BriqueAnnounced said when link.IsLive => Decided.Say(link, SchoolUpdates.Note(link, said, Texts.Announced(said), now)),
        BriqueAnnounced => link,
        GroupWaited waited => Waiting.On(link, waited, who, now),
        SilencePassed passed => Closure.OnSilence(link, passed, now),
        Fact fact when IsSaidBy("intake", fact) => FromSchool.On(link, fact, who, now),
        Fact fact when IsSaidBy("itop", fact) => FromGroup.On(link, fact, who, now),
        _ => throw new InvalidOperationException($"nobody told Routing what to do with {message.GetType().Name}"),
    };

    static bool IsSaidBy(string speaker, Fact fact) => Listeners.For(fact.GetType()).Speaker == speaker;
}

/// <summary>The directory, as a decision needs it.</summary>
public sealed record WhoIsWho(Catalogue Catalogue, IReadOnlyDictionary<string, School> Schools, Calendar Calendar)
{
    /// <summary>The school, or one that takes no part: a fact may outlive its school's file.</summary>
    public School? Find(string slug) => Schools.GetValueOrDefault(slug);
}
