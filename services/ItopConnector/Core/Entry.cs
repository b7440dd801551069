namespace GroupTicketing.ItopConnector.Core;

/// <summary>A text of ours in the public log.</summary>
/// <param name="Number">Its visible number, from 1.</param>
/// <param name="Text">As written, number included.</param>
/// <param name="Written">iTop said it has it.</param>
/// <param name="MissingSince">When it was first not there although written (observed on iTop 3.2.0: parallel saves lose
/// log entries).</param>
/// <param name="Forgotten">It stands in iTop, written before a backup was put back, and what it was written for is not
/// known again yet.</param>
public sealed record Entry(
    int Number,
    string Text,
    bool Written = false,
    DateTimeOffset? MissingSince = null,
    bool Forgotten = false
);
