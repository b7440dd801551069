using GroupTicketing.Console.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Console;

/// <summary>What may be read, by whom.</summary>
sealed class Tickets(Documents<TicketView> documents, IStore store, IMessages messages)
{
    const int MostDebts = 500;

    public Task<IReadOnlyList<Known<TicketView>>> List(string? school, DateTimeOffset? before, int limit, CancellationToken ct) => documents.List(school, before, limit, ct);

    /// <summary>The ticket, or null: where there is none, and where it is another school's.</summary>
    public async Task<Known<TicketView>?> Find(string ticket, string holder, CancellationToken ct)
    {
        var found = await documents.Read(ticket, ct);
        return found?.State.School is { } school && (holder == Keys.Operator || holder == school) ? found : null;
    }

    /// <summary>What is owed for one ticket, in every room.</summary>
    public async Task<IReadOnlyList<DebtRow>> Debts(string ticket, CancellationToken ct)
    {
        var rows = new List<DebtRow>();
        foreach (var room in messages.Rooms)
            rows.AddRange((await store.AllOwed($"{room}/{ticket}", MostDebts, ct)).Select(Row));
        return rows;
    }

    /// <summary>Everything owed, first what waits for a person, then the oldest; of one cause when given.</summary>
    public async Task<IReadOnlyList<DebtRow>> Owed(string? cause, CancellationToken ct) =>
        [.. (await store.AllOwed(null, MostDebts, ct)).Select(Row).Where(row => cause is null || row.LastError == cause)];

    /// <summary>Whether each target that is owed something is up, or was ever down, as whoever pays it last said.</summary>
    public async Task<IReadOnlyDictionary<string, TargetState>> Targets(CancellationToken ct)
    {
        var targets = (await store.OwedByTarget(ct)).Where(owed => owed.Target is not (Platform.Debts.QuarantineLane or Platform.Debts.Clock)).ToDictionary(owed => owed.Target, _ => TargetState.Up);
        foreach (var (name, body) in await store.ListSide(Sides.Targets, "", ct))
            targets[name] = Json.Read<TargetState>(body);
        return targets;
    }

    static DebtRow Row(Owed owed) => new(owed.Room, owed.Ticket, owed.Lane, owed.Target, owed.Count, owed.Since, owed.Due, owed.Error);
}

/// <summary>A debt as operators see it.</summary>
/// <param name="NextTry">Null: it waits for a person.</param>
public sealed record DebtRow(string Room, string Ticket, string Lane, string Target, int Count, DateTimeOffset Since, DateTimeOffset? NextTry, string? LastError);
