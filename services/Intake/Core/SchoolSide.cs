using GroupTicketing.Contracts;

namespace GroupTicketing.Intake.Core;

/// <summary>What the intake knows of one ticket of a school.</summary>
public sealed record SchoolSide
{
    public static readonly SchoolSide Unheard = new();

    public string? School { get; init; }

    /// <summary>The tool's own ticket id.</summary>
    public string? Ticket { get; init; }

    /// <summary>Whether the school's support handed it over and did not take it back.</summary>
    public bool HandedOver { get; init; }

    /// <summary>The last state the tool told, in its own word; for tools that post states rather than events.</summary>
    public string? State { get; init; }

    /// <summary>When the tool was last heard.</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>When the school closed it or took it back; null while it is open.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The same, after these facts.</summary>
    public SchoolSide After(IReadOnlyList<Fact> facts, DateTimeOffset received) => this with
    {
        LastHeard = received,
        Ended = facts.Count == 0 ? Ended : facts[^1] is SchoolClosed or SchoolWithdrew ? received : null,
    };
}

/// <summary>A post that is to be read in a ticket's document.</summary>
/// <param name="Received">When it came.</param>
public sealed record Delivery(string School, string Dialect, Post Post, Key Key, DateTimeOffset Received);
