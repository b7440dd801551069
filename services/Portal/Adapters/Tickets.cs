using System.Runtime.CompilerServices;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Core;

namespace GroupTicketing.Portal.Adapters;

/// <summary>What may be read, by whom.</summary>
sealed class Tickets(Documents<TicketView> documents, IStore store, IMessages messages)
{
    const int MostPending = 500;

    public Task<IReadOnlyList<DocumentView<TicketView>>> List(string? school, Cursor? cursor, int limit, CancellationToken ct) =>
        documents.List(school, cursor, limit, ct);

    /// <summary>The ticket, or null: where there is none, and where it is another school's.</summary>
    /// <param name="school">Who asks; null for an operator.</param>
    public async Task<DocumentView<TicketView>?> Find(string ticket, string? school, CancellationToken ct)
    {
        var found = await documents.Read(ticket, ct, shelf: school);
        return found?.State.School is null ? null : found;
    }

    /// <summary>What is pending for one ticket, in every service.</summary>
    public async Task<IReadOnlyList<PendingRow>> PendingFor(string ticket, CancellationToken ct)
    {
        var rows = new List<PendingRow>();
        foreach (var service in messages.Services)
            rows.AddRange((await store.AllPending($"{service}/{ticket}", MostPending, ct)).Select(Row));
        return rows;
    }

    /// <summary>What is pending, first what waits for a person, then the oldest: one page.</summary>
    public async Task<IReadOnlyList<PendingRow>> Pending(PendingQuery query, CancellationToken ct) =>
        [.. (await store.ListPending(query, MostPending, ct)).Select(Row)];

    /// <summary>All of it, page by page.</summary>
    public async IAsyncEnumerable<PendingRow> AllPending(PendingQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await store.ListPending(query, MostPending, ct) is { Count: > 0 } page)
        {
            foreach (var pending in page)
                yield return Row(pending);
            query = query with { After = PendingCursor.After(page[^1]) };
        }
    }

    /// <summary>Whether each target for which something is pending is up, or was ever down, as whoever calls it last
    /// said.</summary>
    public async Task<IReadOnlyDictionary<string, TargetState>> Targets(CancellationToken ct)
    {
        var targets = (await store.PendingByTarget(ct))
            .Where(pending => !Platform.Outbox.IsQuarantine(pending.Target))
            .ToDictionary(pending => pending.Target, _ => TargetState.Up);
        foreach (var (name, body) in await store.ListSide(Sides.Targets, "", ct))
            targets[name] = Json.Read<TargetState>(body);
        return targets;
    }

    static PendingRow Row(PendingLane pending) =>
        new(
            pending.Service,
            pending.Ticket,
            pending.Lane,
            pending.Target,
            pending.Count,
            pending.Since,
            pending.Due,
            pending.Error,
            pending.Cause,
            PendingCursor.After(pending).ToString()
        );
}

/// <summary>What is pending in one lane, as operators see it.</summary>
/// <param name="NextTry">Null: it waits for a person.</param>
/// <param name="LastError">What the last attempt said.</param>
/// <param name="Cause">The same as a code; null: nothing went wrong.</param>
/// <param name="Cursor">Where the list goes on after it.</param>
public sealed record PendingRow(
    string Service,
    string Ticket,
    string Lane,
    string Target,
    int Count,
    DateTimeOffset Since,
    DateTimeOffset? NextTry,
    string? LastError,
    Cause? Cause = null,
    string Cursor = ""
);
