using System.Text.Json.Serialization;
using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>The group's ticket: what was asked of iTop, what was written there, and what was last seen there.</summary>
public sealed record GroupTicket
{
    public static readonly GroupTicket Unheard = new();

    /// <summary>For which school ticket it was asked; the latest generation.</summary>
    public Asked? Asked { get; init; }

    /// <summary>What is to be created, by generation: kept until iTop has it.</summary>
    public IReadOnlyDictionary<int, TicketEscalated> Creations { get; init; } = new Dictionary<int, TicketEscalated>();

    public string? ItopId { get; init; }

    public string? Reference { get; init; }

    /// <summary>iTop's ids of earlier generations: what was still pending to one is done there.</summary>
    public IReadOnlyDictionary<int, string> Former { get; init; } = new Dictionary<int, string>();

    /// <summary>What those were bound to.</summary>
    public IReadOnlyDictionary<int, Bound> FormerBound { get; init; } = new Dictionary<int, Bound>();

    /// <summary>Generations whose request was lost to another's, so that a person had a new one opened: what is still
    /// pending for one goes into the next.</summary>
    public IReadOnlyList<int> Lost { get; init; } = [];

    /// <summary>iTop's ids of other requests that bear this ticket's key: each is dealt with once.</summary>
    public IReadOnlyList<string> Twins { get; init; } = [];

    /// <summary>iTop's id of the account that wrote our last entry; null until one was answered.</summary>
    public string? Account { get; init; }

    /// <summary>How many entries of the last reading our account wrote that we never wanted.</summary>
    [JsonIgnore]
    public int Strange { get; init; }

    /// <summary>What the link is bound to besides the id; null until the first reading by a release that knows of it.</summary>
    public Bound? Bound { get; init; }

    /// <summary>Why nothing crosses, in the words of <see cref="LinkStopped"/>; null: all crosses.</summary>
    public string? Stopped { get; init; }

    public int Generation => Asked?.Ticket.Generation ?? 0;

    /// <summary>What iTop showed at the last reading taken.</summary>
    public Seen? Seen { get; init; }

    /// <summary>Every text we wrote or are to write into the public log, by its visible number.</summary>
    public IReadOnlyList<Entry> Entries { get; init; } = [];

    /// <summary>A wish that changes the state is pending: until it is settled, states read meanwhile may be its own middle
    /// steps.</summary>
    public GroupWish? Moving { get; init; }

    /// <summary>What was read while <see cref="Moving"/>; looked at if the wish is refused.</summary>
    public ItopRead? Meanwhile { get; init; }

    /// <summary>When the answer to our last write was taken.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Attachments known by iTop's id: ours, and those already told.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>SHA-256 of the files we sent: seen again in iTop under our names they are echoes.</summary>
    public IReadOnlyList<string> Sent { get; init; } = [];

    /// <summary>When it was found in iTop, opened there for a school; null for one that a school ticket is linked to.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>A person gave its opening up: nothing more is written, unless iTop has it all the same.</summary>
    public bool GivenUp { get; init; }

    /// <summary>It was deleted in iTop: nothing is written any more, and it is never made again.</summary>
    public bool Gone { get; init; }

    /// <summary>When it was seen closed; kept some time for repeats.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>It ended long ago, and only this is left of it: what is read of it in iTop is nothing new.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>What is kept of it long after its end: which request was whose, and no words.</summary>
    public GroupTicket Tombstone() =>
        Unheard with
        {
            Asked = Asked,
            ItopId = ItopId,
            Reference = Reference,
            Former = Former,
            FormerBound = FormerBound,
            Bound = Bound,
            Twins = Twins,
            Lost = Lost,
            FoundAt = FoundAt,
            GivenUp = GivenUp,
            Gone = Gone,
            ClosedAt = ClosedAt,
            IsTombstone = true,
        };

    /// <summary>iTop's id of a generation, or null while it is not opened.</summary>
    public string? IdOf(int generation) => generation == Generation ? ItopId : Former.GetValueOrDefault(generation);

    /// <summary>Whether a request of that id is this ticket's, of whatever generation.</summary>
    public bool Has(string itopId) => itopId == ItopId || Former.Values.Contains(itopId);

    /// <summary>Whether another ticket may have what bears that id: nothing under way here can make it this one's.</summary>
    public bool LeavesFree(string itopId) =>
        Stopped is null
        && !Former.Values.Contains(itopId)
        && (Gone || (ItopId is null ? GivenUp && Pairing.IsTakenOver(this) : itopId != ItopId));

    /// <summary>Nothing more is to come of it: what bears its id now and contradicts it is another's, and no question.</summary>
    public bool IsOver => ClosedAt is not null || Gone || IsTombstone;

    /// <summary>Which generation's request a call is about.</summary>
    public int GenerationOf(ItopCall call) => call switch
    {
        ItopCall.Write write => write.Generation,
        ItopCall.Remind remind => remind.Generation,
        ItopCall.Attach attach => attach.Generation,
        ItopCall.Fetch { ItopId: { } id } when id != ItopId => Former
            .FirstOrDefault(one => one.Value == id, new(Generation, id))
            .Key,
        _ => Generation,
    };

    /// <summary>What the request of that id is bound to.</summary>
    public Bound? BoundOf(string itopId) =>
        itopId == ItopId
            ? Bound
            : Former.Where(one => one.Value == itopId).Select(one => FormerBound.GetValueOrDefault(one.Key)).FirstOrDefault();

    /// <summary>What the request of a generation is bound to.</summary>
    public Bound? BoundOf(int generation) => generation == Generation ? Bound : FormerBound.GetValueOrDefault(generation);

    /// <summary>Whether a person had a new one opened instead.</summary>
    public bool IsGivenUp(int generation) => Lost.Contains(generation);

    /// <summary>This state, and these calls to iTop.</summary>
    public Decided<GroupTicket> Calling(params IEnumerable<ItopCall> calls) =>
        new(this, [.. calls.Select(call => call.ToEffect())]);

    /// <summary>Of that generation nothing is to be created any more.</summary>
    public GroupTicket WithoutCreation(int generation) =>
        this with
        {
            Creations = Creations.Where(one => one.Key != generation).ToDictionary(),
        };

    public GroupTicket WithFormer(int generation, string itopId, Bound? bound) => this with
    {
        Former = new Dictionary<int, string>(Former) { [generation] = itopId },
        FormerBound = bound is null ? FormerBound : new Dictionary<int, Bound>(FormerBound) { [generation] = bound },
    };

    /// <summary>What was pending for that generation has nowhere to go any more.</summary>
    public GroupTicket WithoutFormer(int generation) => this with
    {
        Former = Former.Where(one => one.Key != generation).ToDictionary(),
        FormerBound = FormerBound.Where(one => one.Key != generation).ToDictionary(),
    };

    /// <summary>As it was in an earlier generation, for whatever asks which request that was; null: it had none.</summary>
    public GroupTicket? AsOf(int generation) =>
        generation != Generation && Former.TryGetValue(generation, out var itopId)
            ? this with
            {
                Asked = Asked! with { Ticket = Asked.Ticket with { Generation = generation } },
                ItopId = itopId,
                Bound = FormerBound.GetValueOrDefault(generation),
            }
            : null;

    public Heading Heading(DateTimeOffset at, string? sourceId = null) =>
        new(Asked!.Heading.TicketId, Asked.Heading.School, at, sourceId);
}

/// <summary>For which ticket of which school a request is.</summary>
/// <param name="Organisation">The school's in iTop, by name.</param>
/// <param name="Route">Where we placed it; null: somebody else opened it, and its place is iTop's.</param>
public sealed record Asked(Heading Heading, SchoolTicket Ticket, string SchoolName, string Organisation, GroupRoute? Route = null)
{
    public static Asked From(TicketEscalated asked) =>
        new(asked.Heading, asked.Handover.Ticket, asked.SchoolName, asked.Organisation, asked.Route);

    public static Asked From(GroupLinkWanted wanted) =>
        new(wanted.Heading, wanted.Ticket, wanted.SchoolName, wanted.Organisation);
}
