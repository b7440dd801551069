using System.Globalization;
using System.Security.Cryptography;

namespace GroupTicketing.Platform;

/// <summary>A document as the store sees it.</summary>
/// <param name="Key">Room and ticket, e.g. <c>routing/0198…</c>.</param>
/// <param name="Version">1 for the first write, one more for each.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Shelf">The shelf it is listed on, or null.</param>
/// <param name="Stamp">When it was written.</param>
/// <param name="Expires">When it may be deleted, or null.</param>
public sealed record StoredDocument(
    string Key,
    long Version,
    byte[] Body,
    string? Shelf,
    DateTimeOffset Stamp,
    DateTimeOffset? Expires
)
{
    /// <summary>The shelf of documents that ended.</summary>
    public const string Tombstones = "ended";

    /// <summary>The service's name.</summary>
    public string Service => DocumentKey.Service(Key);

    /// <summary>The ticket's id.</summary>
    public string Ticket => DocumentKey.Ticket(Key);
}

/// <summary>A document's key: the service's name, a slash, the ticket's id.</summary>
static class DocumentKey
{
    public static string For(string service, string ticket) => $"{service}/{ticket}";

    public static string Service(string key) => key[..key.IndexOf('/')];

    public static string Ticket(string key) => key[(key.IndexOf('/') + 1)..];
}

/// <summary>That something is pending in a lane of a document: the store's index, derived from the document and written
/// with it.</summary>
/// <param name="Lane">The lane or stream.</param>
/// <param name="Target">Whom it needs.</param>
/// <param name="Due">When to try; null for a lane that waits for a person.</param>
/// <param name="Since">Since when the oldest of it has been pending.</param>
/// <param name="Count">How many calls or messages.</param>
/// <param name="Error">Why it stopped, or what the last attempt said, without personal data; null when nothing is known.</param>
/// <param name="Cause">The same as a code; null when nothing went wrong.</param>
public sealed record PendingLane(
    string Key,
    string Lane,
    string Target,
    DateTimeOffset? Due,
    DateTimeOffset Since,
    int Count,
    string? Error = null,
    Cause? Cause = null
)
{
    /// <summary>The service's name.</summary>
    public string Service => DocumentKey.Service(Key);

    /// <summary>The ticket's id.</summary>
    public string Ticket => DocumentKey.Ticket(Key);
}

/// <summary>Where documents live. Every operation touches one document, so that both stores can do it atomically.
/// Failures throw <see cref="StoreUnavailableException"/>.</summary>
public interface IStore
{
    /// <summary>Raised by a restore from backup; part of every number given since.</summary>
    long Epoch { get; }

    /// <summary>When a backup was last put back; null: never. What was done between the backup and then is known to
    /// nobody here, and looked for before it is done again.</summary>
    DateTimeOffset? Restored => null;

    /// <summary>Why what is written now would not be where it is read from after a restart; null: as far as is known it
    /// would. Asking costs next to nothing.</summary>
    string? Fault() => null;

    /// <summary>Looks whether the store is still the one that was opened, for <see cref="Fault"/>; where the store
    /// itself looks at each write there is nothing to do.</summary>
    Task Look(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Whether other processes may work on it at the same time.</summary>
    bool IsShared => true;

    /// <summary>Saves several documents at once; null where the store cannot.</summary>
    ITransactions? Transactions => null;

    /// <summary>The document, or null.</summary>
    ValueTask<StoredDocument?> Load(string key, CancellationToken ct);

    /// <summary>Writes the document and its index rows durably. False, and nothing written, unless the stored version is one
    /// less (0 for none).</summary>
    Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct);

    /// <summary>Documents of a service, newest first, those of one moment by their keys backwards; of one shelf when
    /// given; after <paramref name="cursor"/> when given.</summary>
    Task<IReadOnlyList<StoredDocument>> List(string service, string? shelf, Cursor? cursor, int limit, CancellationToken ct);

    /// <summary>Documents of a service that expired and have nothing pending, the longest expired first.</summary>
    Task<IReadOnlyList<StoredDocument>> Expired(string service, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>Deletes a document with nothing pending. False, and nothing deleted, unless it is stored in this
    /// version.</summary>
    Task<bool> Delete(string key, long version, CancellationToken ct);

    /// <summary>Deletes every piece that lies apart of a document.</summary>
    Task DeleteApart(string key, CancellationToken ct);

    /// <summary>Lanes of a target that are due, longest due first.</summary>
    Task<IReadOnlyList<PendingLane>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>The targets of which a lane is due.</summary>
    Task<IReadOnlyList<string>> DueTargets(DateTimeOffset now, CancellationToken ct);

    /// <summary>What is pending with what went wrong, first what waits for a person, then the oldest, then by key and
    /// lane.</summary>
    Task<IReadOnlyList<PendingLane>> ListPending(PendingQuery query, int limit, CancellationToken ct);

    /// <summary>Per target, reminders left out: how many lanes wait, and since when the oldest.</summary>
    Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> PendingByTarget(CancellationToken ct);

    /// <summary>What lies apart from documents: bounded, expiring pieces. Writes over what is there.</summary>
    Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct);

    /// <summary>Writes only where nothing is; answers what is there, or null when it wrote.</summary>
    Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct);

    /// <summary>One piece, or null.</summary>
    ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct);

    /// <summary>Pieces whose key begins so, in key order.</summary>
    Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct);

    /// <summary>Deletes one piece; nothing happens where there is none.</summary>
    Task DeleteSide(string collection, string key, CancellationToken ct);

    /// <summary>Deletes pieces that expired, some at a time. Answers how many.</summary>
    Task<int> DeleteExpiredSides(DateTimeOffset now, CancellationToken ct);
}

/// <summary>The store cannot be read or written now. Nothing was half-kept.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner), IKnownFault
{
    /// <inheritdoc/>
    public string Reason => Message;

    /// <summary>The message in the machine's language, for whoever typed a command; the message itself goes into logs.</summary>
    public string Localized { get; private init; } = message;

    /// <summary>A sentence of <see cref="Faults"/>.</summary>
    internal static StoreUnavailableException Because(string name, Exception? inner, params object?[] blanks) =>
        new(Faults.Text(Faults.English, name, blanks), inner)
        {
            Localized = Faults.Text(CultureInfo.CurrentUICulture, name, blanks),
        };
}

/// <summary>The side collections: what lies apart from documents so that these stay small.</summary>
public static class Sides
{
    /// <summary>Early messages beyond <see cref="Inbox.MostWaiting"/>; they go with their document.</summary>
    public const string Waiting = "waiting";

    /// <summary>Sent messages beyond <see cref="OutgoingStream.MostKept"/>; they go with their document.</summary>
    public const string Messages = "messages";

    /// <summary>Long texts of documents, by their hash; they go with their document.</summary>
    public const string Texts = "texts";

    /// <summary>The collections whose pieces go with their document.</summary>
    public static readonly IReadOnlyList<string> OfDocuments = [Waiting, Messages, Texts];

    /// <summary>Whether each target is up, stored once for all its calls.</summary>
    public const string Targets = "targets";

    /// <summary>API keys, by the SHA-256 of the key.</summary>
    public const string Keys = "keys";

    /// <summary>Sessions of the pages, by the SHA-256 of their token.</summary>
    public const string Sessions = "sessions";

    // What came through a door has no number: its turn, and its own bytes, so that two instances that lay apart at once
    // do not write over each other.
    internal static string WaitingKey(string key, Waiting waiting, long turn) => waiting.Stream is null
        ? $"{key}|door|{turn:D10}|{Convert.ToHexStringLower(SHA256.HashData(Json.Write(waiting with { Since = default })))[..16]}"
        : $"{key}|{waiting.Stream}|{waiting.Place.Epoch:D6}|{waiting.Place.Number:D10}";

    internal static string MessagePrefix(string key, string stream) => $"{key}|{stream}|";

    internal static string MessageKey(string key, string stream, StreamMessage said) =>
        $"{MessagePrefix(key, stream)}{said.Place.Number:D10}";
}
