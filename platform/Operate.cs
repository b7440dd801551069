namespace GroupTicketing.Platform;

/// <summary>A person has something done to what is pending in a document. Said on the bus, since only the process in which the
/// service is open can do it.</summary>
/// <param name="Service">The document's service.</param>
/// <param name="Ticket">The ticket's id, as in the document keys.</param>
/// <param name="Lane">The lane or stream; <see cref="Outbox.QuarantineLane"/> for what could not be decided.</param>
/// <param name="Act">What.</param>
public sealed record Operate(string Service, string Ticket, string Lane, OperatorAct Act)
{
    /// <summary>Since when the lane had waited when the person saw it; with <see cref="Count"/> it says what is meant:
    /// wanted twice, or brought twice, only that is given up. Null: whatever comes first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How much was pending then.</summary>
    public int? Count { get; init; }

    /// <summary>Whether what is pending in a lane now is what was meant.</summary>
    public bool Means(PendingLane pending) =>
        (Since is null || Since?.ToUnixTimeMilliseconds() == pending.Since.ToUnixTimeMilliseconds())
        && (Count is null || Count == pending.Count);
}

/// <summary>What a person may have done to what is pending.</summary>
public enum OperatorAct
{
    /// <summary>Try it now.</summary>
    Retry,

    /// <summary>Drop it, and go on with the next; of an opening, the whole link.</summary>
    Skip,

    /// <summary>Decide again on the quarantined message, then on what waited behind it.</summary>
    Release,
}
