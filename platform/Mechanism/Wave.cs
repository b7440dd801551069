using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>
/// What one outside event causes in this process, saved as one: the document it came to, and, as far as
/// <see cref="Waves"/> go, what its messages cause in their listeners' documents of the same ticket.
/// Only the first document must be writable, as it is before it hears anything in return: of what goes wrong beyond
/// that the messages are outgoing, as between processes.
/// </summary>
sealed class Wave(Waves waves, IStore store, IMessages messages, string ticket, IMember first)
{
    /// <summary>How many decisions of listeners one commit holds: forty comments read at once, each heard by two and
    /// written down, are more; an opening with its placement and its creation is four. The rest is outgoing.</summary>
    public const int MostDecisions = 100;

    static readonly Counter<long> cut = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.waves.cut",
        "{wave}",
        "Commits that had so many decisions that the rest was left to the dispatcher."
    );

    readonly List<IMember> members = [first];
    readonly List<(string Room, string Message, Verdict Verdict)> heard = [];

    /// <summary>Rooms that an earlier try failed on; one more is added where this one does.</summary>
    public required HashSet<string> Unwilling { get; init; }

    /// <param name="reread">Whether what is remembered is not to be trusted: it was behind the store.</param>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public async Task<Outcome> Save(DateTimeOffset now, bool reread, CancellationToken ct)
    {
        if (store.Transactions is not null && waves.Listeners is { } listeners && !await Spread(listeners, now, reread, ct))
            return Outcome.Unwilling;
        var written = new List<(IMember Member, DocumentWrite Write)>();
        try
        {
            foreach (var member in members)
            {
                if (!TryWrite(member, now, out var write))
                    return Outcome.Unwilling;
                if (write is not null)
                    written.Add((member, write));
            }
            if (written.Count == 0)
                return Outcome.Nothing;
            if (!await Save([.. written.Select(one => one.Write)], ct))
                return Outcome.Conflict;
            written.ForEach(one => one.Member.Saved(one.Write, now));
        }
        catch (StoreUnavailableException) when (heard.Count > 0)
        {
            // What one of the listeners has now may be the reason; alone the first can be taken.
            Unwilling.UnionWith(heard.Select(one => one.Room));
            return Outcome.Unwilling;
        }
        finally
        {
            members.ForEach(member => member.GiveBack());
        }
        written.ForEach(one => one.Member.Tell(now));
        heard.ForEach(one => Telemetry.Heard(one.Room, one.Message, one.Verdict));
        return Outcome.Saved;
    }

    // False where a listener failed: whatever it took meanwhile is forgotten with this try.
    async Task<bool> Spread(ListenersHere all, DateTimeOffset now, bool reread, CancellationToken ct)
    {
        while (members.Find(member => member.Next is not null) is { Next: { } news } speaker)
        {
            var listeners = all.Hearing(news.Message);
            if (messages.TicketOf(news.Message) != ticket || listeners.Any(listener => Unwilling.Contains(listener.Name)))
            {
                speaker.Left(news);
                continue;
            }
            if (heard.Count + listeners.Count > MostDecisions)
            {
                cut.Add(1, new KeyValuePair<string, object?>("module", first.Service));
                return true;
            }
            using var span = Telemetry.Source.HasListeners()
                ? Telemetry.Source.StartActivity($"say {news.Stream}", ActivityKind.Internal)
                : null;
            var hearing = messages.HearingOf(news.Message);
            foreach (var listener in listeners)
            {
                if (!await TryTake(listener, hearing, now, reread, ct))
                    return false;
            }
            speaker.Delivered(news);
        }
        return true;
    }

    async Task<bool> TryTake(IDocuments listener, Hearing hearing, DateTimeOffset now, bool reread, CancellationToken ct)
    {
        try
        {
            var member = members.Find(one => one.Service == listener.Name);
            if (member is null)
                members.Add(member = await listener.Open(ticket, hearing, reread, ct));
            heard.Add((listener.Name, hearing.Message.GetType().Name, await member.Take(hearing, now, ct)));
            return true;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            Unwilling.Add(listener.Name);
            return false;
        }
    }

    bool TryWrite(IMember member, DateTimeOffset now, out DocumentWrite? write)
    {
        write = null;
        try
        {
            write = member.Write(now);
            return true;
        }
        catch (Exception exception)
            when (heard.Exists(one => one.Room == member.Service) && exception is not OutOfMemoryException)
        {
            Unwilling.Add(member.Service);
            return false;
        }
    }

    Task<bool> Save(IReadOnlyList<DocumentWrite> writes, CancellationToken ct) =>
        store.Transactions is { } transactions ? transactions.SaveTogether(writes, ct) : store.SaveApart(writes.Single(), ct);
}

/// <summary>What became of a wave.</summary>
enum Outcome
{
    /// <summary>It is on disk.</summary>
    Saved,

    /// <summary>Nothing was to be written: a reading that brought nothing new.</summary>
    Nothing,

    /// <summary>Another wrote one of the documents since it was opened; nothing was written.</summary>
    Conflict,

    /// <summary>A listener could not take part; nothing was written, and the next try goes without it.</summary>
    Unwilling,
}

/// <summary>A document and what lies apart of it, where the store has no transactions.</summary>
static class PieceByPiece
{
    // Killed in between, pieces that no document speaks of are left; what was taken back and is still there is a repeat
    // when it is read again.
    public static async Task<bool> SaveApart(this IStore store, DocumentWrite write, CancellationToken ct)
    {
        foreach (var piece in write.Pieces)
        {
            if (!piece.Once)
                await store.PutSide(piece.Collection, piece.Key, piece.Body, piece.Expires, ct);
            else if (!piece.MayFollow(await store.PutSideOnce(piece.Collection, piece.Key, piece.Body, piece.Expires, ct)))
                return false;
        }
        if (!await store.Save(write.Document, write.Pending, ct))
            return false;
        try
        {
            foreach (var piece in write.Fetched)
                await store.DeleteSide(Sides.Waiting, piece, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The document is written, and nobody may be told that it is not. What is left expires, and is a repeat
            // when it is read again.
        }
        return true;
    }
}
