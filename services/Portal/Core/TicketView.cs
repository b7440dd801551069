using System.Text.Json.Serialization;
using GroupTicketing.Contracts;

namespace GroupTicketing.Portal.Core;

/// <summary>A ticket as people see it: both references, its state, and what happened when. No text of either side is in
/// it.</summary>
public sealed record TicketView
{
    public const int MostSteps = 300;

    public static readonly TicketView Unheard = new();

    public Guid TicketId { get; init; }

    public string? School { get; init; }

    /// <summary>The school's number.</summary>
    public string? Number { get; init; }

    public string? SchoolUrl { get; init; }

    public string? Title { get; init; }

    public string? Brique { get; init; }

    public string? Service { get; init; }

    public string? SousService { get; init; }

    public string? Team { get; init; }

    public string? Reference { get; init; }

    public string? GroupUrl { get; init; }

    /// <summary>held, refused, open, assigned, pending, resolved, closed, returned; found: opened in iTop, and a ticket
    /// of the school of its own from there on.</summary>
    public string State { get; init; } = "open";

    /// <summary>Nothing crosses: what bears the id in iTop is not what the link was made with, and a person has to say
    /// what it is.</summary>
    public bool Stopped { get; init; }

    /// <summary>The announcements it was told of.</summary>
    public IReadOnlyList<string> Announced { get; init; } = [];

    /// <summary>Those of them whose end it was told.</summary>
    public IReadOnlyList<string> AnnouncedEnds { get; init; } = [];

    public IReadOnlyList<TimelineStep> Timeline { get; init; } = [];

    /// <summary>When the last fact reached the Portal.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastHeard => Timeline.Count == 0 ? null : Timeline[^1].Heard;

    /// <summary>The view after it was told; null: it knows already.</summary>
    public TicketView? After(Announced told) => told switch
    {
        { Ended: false } when !Announced.Contains(told.Id) => this with { Announced = [.. Announced, told.Id] },
        { Ended: true } when Announced.Contains(told.Id) && !AnnouncedEnds.Contains(told.Id) => this with
        {
            AnnouncedEnds = [.. AnnouncedEnds, told.Id],
        },
        _ => null,
    };

    /// <summary>The view after one more fact.</summary>
    public TicketView After(Fact fact, DateTimeOffset now)
    {
        var told = fact as SchoolUpdateWanted;
        var step = new TimelineStep(
            fact.GetType().Name,
            Listeners.For(fact.GetType()).Speaker,
            fact.Heading.OccurredAt,
            now,
            Detail(fact)
        );
        var seen = this with
        {
            TicketId = fact.Heading.TicketId,
            School = fact.Heading.School,
            State = told?.State ?? State,
            Timeline = [.. Timeline.TakeLast(MostSteps - 1), step],
        };
        return fact switch
        {
            TicketOpened opened => seen with
            {
                Number = opened.Handover.Ticket.Number,
                SchoolUrl = opened.Handover.Ticket.Url,
                Title = opened.Handover.Title,
            },
            TicketLinked linked => seen with
            {
                Number = linked.Ticket.Number,
                SchoolUrl = linked.Ticket.Url,
                Title = linked.Title,
            },
            LinkAsked asked => seen with
            {
                Number = asked.Ticket.Number,
                SchoolUrl = asked.Ticket.Url ?? SchoolUrl,
                Title = asked.Title ?? Title,
            },
            GroupTicketFound found => seen with
            {
                Reference = found.Reference,
                GroupUrl = found.Url,
                Title = found.Title,
                State = "found",
            },
            HandoverGivenUp given => seen with { Number = given.Ticket.Number },
            TicketEscalated asked => seen with
            {
                Number = asked.Handover.Ticket.Number,
                Title = asked.Handover.Title,
                Brique = asked.Route.Brique,
                Service = asked.Route.Service,
                SousService = asked.Route.SousService,
                Team = asked.Route.Team,
                State = "open",
                Stopped = false,
            },
            LinkStopped => seen with { Stopped = true },
            LinkResumed => seen with { Stopped = false },
            GroupTicketOpened opened => seen with { Stopped = false, Reference = opened.Reference, GroupUrl = opened.Url },
            TicketRequalified requalified => seen with
            {
                Service = requalified.Service ?? Service,
                SousService = requalified.SousService ?? SousService,
                Team = requalified.Team ?? Team,
            },
            TicketAssigned assigned => seen with { Team = assigned.Team ?? Team },
            _ => seen,
        };
    }

    static string? Detail(Fact fact) => fact switch
    {
        SchoolUpdateWanted wanted => wanted.News.ToString(),
        SchoolTold told => told.News.ToString(),
        SchoolUnreachable unreachable => unreachable.Reason,
        GroupUpdateWanted wanted => wanted.Wish.ToString(),
        GroupTicketOpened opened => opened.Reference,
        GroupTicketFound found => found.Reference,
        TicketLinked linked => linked.Reference,
        LinkAsked asked => asked.Reference,
        LinkRefused refused => refused.Reference,
        LinkStopped stopped => stopped.Why,
        StoppedLinkSettled settled => settled.Reference ?? settled.How,
        GroupLinkSettled settled => settled.Reference,
        OpeningGivenUp given => given.Reason,
        TicketEscalated asked => $"{asked.Route.Brique} > {asked.Route.Service} > {asked.Route.SousService}",
        TicketAssigned assigned => assigned.Team,
        DeadlineMissed missed => missed.Which,
        TicketQuarantined quarantined => quarantined.Reason,
        TriageDecided decided => decided.By,
        _ => null,
    };
}

/// <summary>A person of the C2IP attaches a school ticket to a group ticket that is there.</summary>
public sealed record LinkWish(Guid TicketId, string School, SchoolTicket Ticket, string Reference, string? Title);

/// <summary>A person of the C2IP says what becomes of a stopped link.</summary>
public sealed record StoppedLinkAnswer(Guid TicketId, string How, string? Reference);

/// <summary>A person of the C2IP decides on a ticket that waits.</summary>
public sealed record TriageAnswer(Guid TicketId, Placement? Placement, string? Refusal, string By);

/// <summary>Something that happened.</summary>
/// <param name="What">The fact's name.</param>
/// <param name="Speaker">The service that said it.</param>
/// <param name="Occurred">When, as the tool said it.</param>
/// <param name="Heard">When it reached the Portal.</param>
public sealed record TimelineStep(string What, string Speaker, DateTimeOffset Occurred, DateTimeOffset Heard, string? Detail);
