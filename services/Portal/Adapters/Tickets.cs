using System.Runtime.CompilerServices;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Core;

namespace GroupTicketing.Portal.Adapters;

/// <summary>What may be read, by whom.</summary>
sealed class Tickets(Documents<TicketView> documents, IStore store, IMessages messages)
{
    const int MostDebts = 500;

    public Task<IReadOnlyList<Known<TicketView>>> List(string? school, Cursor? cursor, int limit, CancellationToken ct) =>
        documents.List(school, cursor, limit, ct);

    /// <summary>The ticket, or null: where there is none, and where it is another school's.</summary>
    /// <param name="school">Who asks; null for an operator.</param>
    public async Task<Known<TicketView>?> Find(string ticket, string? school, CancellationToken ct)
    {
        var found = await documents.Read(ticket, ct, shelf: school);
        return found?.State.School is null ? null : found;
    }

    /// <summary>What is owed for one ticket, in every room.</summary>
    public async Task<IReadOnlyList<DebtRow>> Debts(string ticket, CancellationToken ct)
    {
        var rows = new List<DebtRow>();
        foreach (var room in messages.Rooms)
            rows.AddRange((await store.AllOwed($"{room}/{ticket}", MostDebts, ct)).Select(Row));
        return rows;
    }

    /// <summary>What is owed, first what waits for a person, then the oldest: one page.</summary>
    public async Task<IReadOnlyList<DebtRow>> Owed(OwedQuery query, CancellationToken ct) =>
        [.. (await store.ListOwed(query, MostDebts, ct)).Select(Row)];

    /// <summary>All of it, page by page.</summary>
    public async IAsyncEnumerable<DebtRow> AllOwed(OwedQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await store.ListOwed(query, MostDebts, ct) is { Count: > 0 } page)
        {
            foreach (var owed in page)
                yield return Row(owed);
            query = query with { After = OwedCursor.After(page[^1]) };
        }
    }

    /// <summary>Whether each target that is owed something is up, or was ever down, as whoever pays it last said.</summary>
    public async Task<IReadOnlyDictionary<string, TargetState>> Targets(CancellationToken ct)
    {
        var targets = (await store.OwedByTarget(ct))
            .Where(owed => !Platform.Debts.IsQuarantine(owed.Target))
            .ToDictionary(owed => owed.Target, _ => TargetState.Up);
        foreach (var (name, body) in await store.ListSide(Sides.Targets, "", ct))
            targets[name] = Json.Read<TargetState>(body);
        return targets;
    }

    static DebtRow Row(Owed owed) =>
        new(
            owed.Room,
            owed.Ticket,
            owed.Lane,
            owed.Target,
            owed.Count,
            owed.Since,
            owed.Due,
            owed.Error,
            owed.Cause,
            OwedCursor.After(owed).ToString()
        );
}

/// <summary>A debt as operators see it.</summary>
/// <param name="NextTry">Null: it waits for a person.</param>
/// <param name="LastError">What the last attempt said.</param>
/// <param name="Cause">The same as a code; null: nothing went wrong.</param>
/// <param name="Cursor">Where the list goes on after it.</param>
public sealed record DebtRow(
    string Room,
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
