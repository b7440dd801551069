namespace GroupTicketing.Platform;

/// <summary>The documents of one service as the dispatcher and the operators see them, whatever their state.</summary>
public interface IDocuments
{
    /// <summary>The service's name.</summary>
    string Name { get; }

    /// <summary>Takes a message of the bus. Returns when it is on disk, taken, waiting or quarantined.</summary>
    Task Hear(object message, CancellationToken ct);

    /// <summary>Opens a ticket's document for a message, in the wave that holds the ticket.</summary>
    /// <param name="reread">Whether it is read from the store even where it is remembered.</param>
    internal Task<IMember> Open(string ticket, Hearing hearing, bool reread, CancellationToken ct);

    /// <summary>What the bus does not have yet of a stream, in order.</summary>
    Task<IReadOnlyList<StreamMessage>> Outgoing(string ticket, string stream, CancellationToken ct);

    /// <summary>The bus has that stream up to that place.</summary>
    Task Confirmed(string ticket, string stream, Place place, CancellationToken ct);

    /// <summary>The bus did not take the stream: not before that time again.</summary>
    Task Postpone(string ticket, string stream, DateTimeOffset until, string reason, CancellationToken ct);

    /// <summary>The first number missing in an incoming stream, noted as asked for; null when nothing is missing any
    /// more.</summary>
    Task<long?> AskFor(string ticket, string stream, CancellationToken ct);

    /// <summary>Everything said in a stream from a number on, again, as far as it is kept.</summary>
    Task<Again> Again(string ticket, string stream, long from, CancellationToken ct);

    /// <summary>Passes over what was asked for and its speaker no longer has, and takes what waited behind it. How many
    /// messages that were missed, or said by a speaker that knows nothing of them any more; 0 when nothing is missing
    /// here.</summary>
    Task<long> PassOver(Forgotten forgotten, CancellationToken ct);

    /// <summary>The last message that the bus has of each stream, of documents written since then.</summary>
    /// <param name="streams">Only these; null: all.</param>
    IAsyncEnumerable<StreamMessage> LastSaid(IReadOnlySet<string>? streams, DateTimeOffset since, CancellationToken ct);

    /// <summary>Claims the head of a lane; null when it is not due.</summary>
    Task<Attempt?> Claim(string ticket, string lane, TimeSpan deadline, CancellationToken ct);

    /// <summary>Saves an attempt's answer. False when it came too late: another attempt holds the lane.</summary>
    Task<bool> Settle(Attempt attempt, Answer answer, TimeSpan retry, CancellationToken ct);

    /// <summary>Ends a document that expired and has nothing pending: only a tombstone is left, or nothing. False when it did
    /// not.</summary>
    Task<bool> End(string ticket, CancellationToken ct);

    /// <summary>Decides again on the quarantined message, then on what waited behind it. False when nothing was
    /// quarantined.</summary>
    Task<bool> Release(string ticket, CancellationToken ct);

    /// <summary>Lets a stopped or waiting lane be tried at once. False when nothing is pending.</summary>
    Task<bool> Retry(string ticket, string lane, CancellationToken ct);

    /// <summary>Drops the head of a lane, or the quarantined message for the lane <c>quarantine</c>. False when there
    /// is none.</summary>
    Task<bool> Skip(string ticket, string lane, Predicate<PendingLane> isMeant, CancellationToken ct);
}
