namespace GroupTicketing.Platform;

/// <summary>A person has something done to what a document owes. Said on the bus, since only the process in which the
/// room is open can do it.</summary>
/// <param name="Room">The document's room.</param>
/// <param name="Ticket">The ticket's id, as in the document keys.</param>
/// <param name="Lane">The lane or stream; <see cref="Debts.QuarantineLane"/> for what could not be decided.</param>
/// <param name="Act">What.</param>
public sealed record Operate(string Room, string Ticket, string Lane, OperatorAct Act)
{
    /// <summary>Since when the lane had owed when the person saw it; with <see cref="Count"/> it says what is meant:
    /// wanted twice, or brought twice, only that is given up. Null: whatever comes first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How much it owed then.</summary>
    public int? Count { get; init; }

    /// <summary>Whether what a lane owes now is what was meant.</summary>
    public bool Means(Owed owed) =>
        (Since is null || Since?.ToUnixTimeMilliseconds() == owed.Since.ToUnixTimeMilliseconds())
        && (Count is null || Count == owed.Count);
}

/// <summary>What a person may have done to a debt.</summary>
public enum OperatorAct
{
    /// <summary>Try it now.</summary>
    Retry,

    /// <summary>Drop it, and go on with the next; of an opening, the whole link.</summary>
    GiveUp,

    /// <summary>Decide again on the quarantined message, then on what waited behind it.</summary>
    Release,
}
