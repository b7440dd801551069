using System.Text.Json.Nodes;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform;

/// <summary>One kind of document: the pure decisions of a service. Nothing here may wait, call, log or look at a clock.</summary>
public interface IDecider<TState>
{
    /// <summary>The service's name; the first part of its documents' keys.</summary>
    string Name { get; }

    /// <summary>The schema number written; raise it with an <see cref="Upcast"/> when stored states change meaning.</summary>
    int Schema => 1;

    /// <summary>The state of a ticket never heard of.</summary>
    TState Empty { get; }

    /// <summary>Decides on one message. Throwing quarantines it in its document.</summary>
    Decided<TState> Decide(TState state, object message, DateTimeOffset now);

    /// <summary>Takes note of an attempt's answer; called for every answer.</summary>
    Decided<TState> Settle(TState state, Attempt attempt, Answer answer, DateTimeOffset now) => state;

    /// <summary>What to say when the document has just been quarantined; nothing by default. It must not throw: nothing
    /// would be written, and the message come again.</summary>
    /// <param name="message">The message that could not be decided, or null when not even it can be read.</param>
    /// <param name="reason">The exception's type and where it was thrown.</param>
    IReadOnlyList<Effect> Quarantined(TState state, object? message, string reason, DateTimeOffset now) => [];

    /// <summary>Whose a quarantined document is: what is wanted of all alike is wanted of one owner's. Null: nobody's. It
    /// must not throw.</summary>
    /// <param name="message">The message that could not be decided, or null when not even it can be read.</param>
    string? Owner(TState state, object? message) => null;

    /// <summary>A person gave something up: what that means for the rest; nothing by default.</summary>
    /// <param name="dropped">The quarantined message, or null when it cannot be read; or the <see cref="PendingCall"/> that
    /// was pending.</param>
    Decided<TState> Skipped(TState state, object? dropped, DateTimeOffset now) => state;

    /// <summary>A decision was saved: for metrics, once for each. It must not throw or wait.</summary>
    /// <param name="cause">The message decided on, or the <see cref="Attempt"/> settled.</param>
    void Took(object cause, Decided<TState> decided, DateTimeOffset now)
    {
    }

    /// <summary>The shelf the document is listed on (a school, <c>triage</c>), or null.</summary>
    string? Shelf(TState state) => null;

    /// <summary>When the document may be deleted; null for not yet.</summary>
    DateTimeOffset? Expires(TState state) => null;

    /// <summary>
    /// What is kept of a document that expired, for as long as its school takes part: enough to know the ticket again
    /// when something still comes, and no words. Null: nothing, it is deleted.
    /// </summary>
    TState? Tombstone(TState state, DateTimeOffset now) => default;

    /// <summary>Brings an older stored document to this schema, purely.</summary>
    JsonObject Upcast(int schema, JsonObject document) => document;
}

/// <summary>One attempt at one call: saved before it is made, so that a crash leaves a trace of it.</summary>
/// <param name="Key">The document's key.</param>
/// <param name="CallId">Unique in the document for ever, the same at every attempt.</param>
/// <param name="Number">1 for the first attempt.</param>
/// <param name="InDoubt">When the last attempt began whose answer was never saved; null when every earlier answer is
/// known. Set: look before repeating.</param>
/// <param name="Token">The lease's token; an answer with another token is too late and changes nothing.</param>
public sealed record Attempt(
    string Key,
    string Lane,
    string Target,
    PendingCall Call,
    string CallId,
    int Number,
    DateTimeOffset Began,
    DateTimeOffset? InDoubt,
    string Token
)
{
    /// <summary>The ticket's id.</summary>
    public string Ticket => DocumentKey.Ticket(Key);

    /// <summary>What iTop or a school may still be doing after its client has left: "not found" counts only this long
    /// after the attempt began (observed on iTop 3.2.0: an aborted create completes).</summary>
    public static readonly TimeSpan StillWorking = TimeSpan.FromSeconds(60);

    /// <summary>How long a "not found" does not count yet; zero or less: it counts.</summary>
    public TimeSpan Unsettled(DateTimeOffset now) => InDoubt is { } began ? began + StillWorking - now : TimeSpan.Zero;
}
