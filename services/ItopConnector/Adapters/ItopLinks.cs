using System.Collections.Concurrent;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Which ticket an iTop id is of. A link is kept when the creation is answered, or when the document of the
/// ticket whose key it bears took it for its own.</summary>
public sealed class ItopLinks(IStore store)
{
    const string Collection = "itop";

    // A few MiB; of the others the store is asked.
    const int MostKnown = 10_000;

    readonly Latest<Guid?> known = new(MostKnown);

    // What is not stored before its answer is: till then nothing else says whose it is.
    readonly Latest<Guid?> answered = new(MostKnown);
    readonly SemaphoreSlim claiming = new(1);

    // Only to count each once: few, as each is somebody's slip.
    readonly ConcurrentDictionary<string, byte> refused = new();

    /// <summary>Whether the id was looked at and is none of ours.</summary>
    public bool IsStranger(string itopId) =>
        known.TryGet(itopId, out var ticket) && ticket is null && !answered.TryGet(itopId, out _);

    /// <summary>Only what is stored counts from now on.</summary>
    public void Forget() => known.Clear();

    /// <summary>From now on the id is this ticket's, whatever its title becomes.</summary>
    public async Task Keep(string itopId, Guid ticket, CancellationToken ct)
    {
        var piece = PieceOf(itopId, ticket);
        await store.PutSide(piece.Collection, piece.Key, piece.Body, piece.Expires, ct);
        known.Set(itopId, ticket);
    }

    /// <summary>The same, to be written with the answer that says so.</summary>
    public Piece Keeping(string itopId, Guid ticket)
    {
        answered.Set(itopId, ticket);
        known.Set(itopId, ticket);
        return PieceOf(itopId, ticket);
    }

    /// <summary>Keeps it unless it is another ticket's; answers whose it is. Only one instance writes into iTop, so
    /// that no other claims at the same time.</summary>
    /// <param name="isLeft">Whether the ticket that has it needs it no longer: a person may have skipped what was to
    /// release it.</param>
    public async Task<Guid> Claim(string itopId, Guid ticket, Func<Guid, Task<bool>> isLeft, CancellationToken ct)
    {
        await claiming.WaitAsync(ct);
        try
        {
            if (await Find(itopId, ct) is { } holder && (holder == ticket || !await isLeft(holder)))
                return holder;
            await Keep(itopId, ticket, ct);
            return ticket;
        }
        finally
        {
            claiming.Release();
        }
    }

    /// <summary>The id is that ticket's no longer. What another has claimed since stays the other's.</summary>
    public async Task Release(string itopId, Guid ticket, CancellationToken ct)
    {
        await claiming.WaitAsync(ct);
        try
        {
            if (await Find(itopId, ct) != ticket)
                return;
            await store.DeleteSide(Collection, KeyOf(itopId), ct);
            answered.Remove(itopId);
            known.Remove(itopId);
        }
        finally
        {
            claiming.Release();
        }
    }

    /// <summary>The ticket kept for an id, or null.</summary>
    public async Task<Guid?> Find(string itopId, CancellationToken ct)
    {
        if (known.TryGet(itopId, out var found) && found is not null)
            return found;
        if (await store.GetSide(Collection, KeyOf(itopId), ct) is { } stored)
            return new Guid(stored);
        return answered.TryGet(itopId, out var ticket) ? ticket : null;
    }

    /// <summary>The ticket an id is of, or may be by the key it bears: that is for the ticket's document to accept, and
    /// only then kept. Null for one that is not ours.</summary>
    /// <param name="title">Its title, or its key in square brackets; null where it bears none.</param>
    public async Task<Guid?> TicketOf(string itopId, string? title, CancellationToken ct)
    {
        if (await Find(itopId, ct) is { } kept)
        {
            known.Set(itopId, kept);
            return kept;
        }
        if (
            title is not null
            && Marker.TicketOf(title) is { } marked
            && await store.Load($"{ItopDecider.ServiceName}/{marked:N}", ct) is not null
        )
            return marked;
        // Unless it was claimed this very moment.
        known.TryAdd(itopId, null);
        return null;
    }

    /// <summary>It bears the key of a ticket that did not take it; answers whether that is news.</summary>
    public bool Refuse(string itopId) => refused.TryAdd(itopId, 0);

    static Piece PieceOf(string itopId, Guid ticket) => new(Collection, KeyOf(itopId), ticket.ToByteArray());

    static string KeyOf(string itopId) => $"link/{itopId}";
}
