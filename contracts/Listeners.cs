namespace GroupTicketing.Contracts;

/// <summary>One stream: one speaker's facts for one listener, numbered per ticket.</summary>
/// <param name="Stream">Its name, e.g. <c>intake-routing</c>; also the lane in which the speaker keeps it until it is
/// sent.</param>
/// <param name="Speaker">The service that says these facts.</param>
/// <param name="Listener">The service that takes them in number order.</param>
/// <param name="Queue">The listener's queue, named by its deed.</param>
/// <param name="Facts">What is said in it. A fact belongs to one stream only.</param>
public sealed record Listening(string Stream, string Speaker, string Listener, string Queue, IReadOnlyList<Type> Facts);

/// <summary>Who hears what: the whole bus in one table.</summary>
public static class Listeners
{
    /// <summary>Every stream with an order to keep.</summary>
    public static readonly IReadOnlyList<Listening> Table =
    [
        new(
            "intake-routing",
            "intake",
            "routing",
            "route-school-facts",
            [
                typeof(TicketOpened),
                typeof(SchoolCommented),
                typeof(SchoolAttached),
                typeof(SchoolAnswered),
                typeof(SchoolConfirmed),
                typeof(SchoolReopened),
                typeof(SchoolClosed),
                typeof(SchoolWithdrew),
                typeof(HandoverGivenUp),
                typeof(TicketLinked),
            ]
        ),
        new(
            "routing-itop",
            "routing",
            "itop",
            "apply-to-group-ticket",
            [
                typeof(TicketEscalated),
                typeof(GroupUpdateWanted),
                typeof(GroupReminderWanted),
                typeof(GroupLinkWanted),
                typeof(GroupLinkSettled),
            ]
        ),
        new(
            "routing-notification",
            "routing",
            "notification",
            "tell-school",
            [typeof(SchoolUpdateWanted), typeof(SchoolTicketWanted)]
        ),
        new(
            "itop-routing",
            "itop",
            "routing",
            "route-group-facts",
            [
                typeof(GroupTicketOpened),
                typeof(TicketAssigned),
                typeof(TicketPending),
                typeof(TicketRequalified),
                typeof(ReturnedToSchool),
                typeof(GroupCommented),
                typeof(GroupAttached),
                typeof(TicketResolved),
                typeof(TicketReopened),
                typeof(TicketClosed),
                typeof(ApprovalMoved),
                typeof(DeadlineMissed),
                typeof(GroupTicketFound),
                typeof(OpeningGivenUp),
                typeof(LinkRefused),
                typeof(LinkStopped),
                typeof(LinkResumed),
                typeof(GroupUpdateNotTaken),
            ]
        ),
        new(
            "portal-routing",
            "portal",
            "routing",
            "route-decisions",
            [typeof(TriageDecided), typeof(LinkAsked), typeof(BriqueAnnounced), typeof(StoppedLinkSettled)]
        ),
        new(
            "routing-portal",
            "routing",
            "portal",
            ObserverQueue,
            [typeof(TicketRejected), typeof(TicketHeld), typeof(TicketQuarantined), typeof(TicketWaits)]
        ),
        new("notification-portal", "notification", "portal", ObserverQueue, [typeof(SchoolTold), typeof(SchoolUnreachable)]),
    ];

    /// <summary>The Portal hears every fact here, each stream in its order too: what was overtaken on the bus is shown
    /// all the same.</summary>
    public const string ObserverQueue = "record-facts";

    /// <summary>Every fact, in the table's order.</summary>
    public static readonly IReadOnlyList<Type> Facts = [.. Table.SelectMany(row => row.Facts)];

    static readonly Dictionary<Type, Listening> ByFact = Table
        .SelectMany(row => row.Facts, (row, fact) => (row, fact))
        .ToDictionary(pair => pair.fact, pair => pair.row);

    /// <summary>The stream a fact is said in.</summary>
    /// <exception cref="KeyNotFoundException">The type is no fact of the table.</exception>
    public static Listening For(Type fact) => ByFact[fact];
}
