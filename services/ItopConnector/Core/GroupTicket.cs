using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>The group's ticket: what was asked of iTop, what was written there, and what was last seen there.</summary>
public sealed record GroupTicket
{
    public static readonly GroupTicket Unheard = new();

    /// <summary>How it was asked for; the latest generation.</summary>
    public TicketEscalated? Asked { get; init; }

    public string? ItopId { get; init; }

    public string? Reference { get; init; }

    /// <summary>iTop's ids of earlier generations: what was still owed to one is done there.</summary>
    public IReadOnlyDictionary<int, string> Former { get; init; } = new Dictionary<int, string>();

    public int Generation => Asked?.Ticket.Generation ?? 0;

    /// <summary>What iTop showed at the last reading taken.</summary>
    public Seen? Seen { get; init; }

    /// <summary>Every text we wrote or are to write into the public log, by its visible number.</summary>
    public IReadOnlyList<Entry> Entries { get; init; } = [];

    /// <summary>A wish that changes the state is owed: until it is settled, states read meanwhile may be its own middle steps.</summary>
    public GroupWish? Moving { get; init; }

    /// <summary>What was read while <see cref="Moving"/>; looked at if the wish is refused.</summary>
    public ItopRead? Meanwhile { get; init; }

    /// <summary>When the answer to our last write was taken.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Attachments known by iTop's id: ours, and those already told.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>SHA-256 of the files we sent: seen again in iTop they are echoes.</summary>
    public IReadOnlyList<string> Sent { get; init; } = [];

    /// <summary>When it was found in iTop, opened there for a school; null for one that a school ticket is linked to.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>A person gave its opening up: nothing more is written, unless iTop has it all the same.</summary>
    public bool GivenUp { get; init; }

    /// <summary>It was deleted in iTop: nothing is written any more, and it is never made again.</summary>
    public bool Gone { get; init; }

    /// <summary>When it was seen closed; kept some time for repeats.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>iTop's id of a generation, or null while it is not opened.</summary>
    public string? IdOf(int generation) => generation == Generation ? ItopId : Former.GetValueOrDefault(generation);

    public GroupTicket WithFormer(int generation, string itopId) => this with { Former = new Dictionary<int, string>(Former) { [generation] = itopId } };

    public Heading Heading(DateTimeOffset at, string? sourceId = null) => new(Asked!.Heading.TicketId, Asked.Heading.School, at, sourceId);
}

/// <summary>A text of ours in the public log.</summary>
/// <param name="Number">Its visible number, from 1.</param>
/// <param name="Text">As written, number included.</param>
/// <param name="Written">iTop said it has it.</param>
/// <param name="MissingSince">When it was first not there although written (observed on iTop 3.2.0: parallel saves lose log entries).</param>
/// <param name="Forgotten">It stands in iTop, written before a backup was put back, and what it was written for is not known again yet.</param>
public sealed record Entry(int Number, string Text, bool Written = false, DateTimeOffset? MissingSince = null, bool Forgotten = false);

/// <summary>The last reading taken, without its texts.</summary>
/// <param name="Log">Fingerprints of the public log's entries.</param>
public sealed record Seen(
    string Status, string? Service, string? SousService, string? Team, string? Solution, string LastUpdate, IReadOnlyList<string> Log);

/// <summary>What a person reads again in a moment, to be sure that an entry is missing.</summary>
public sealed record LookAgain(Guid TicketId);
