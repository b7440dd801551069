using GroupTicketing.Console.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Console;

/// <summary>What may be read, by whom.</summary>
sealed class Tickets(Documents<TicketView> documents, IStore store, IEnumerable<IDocuments> rooms)
{
    const int MostDebts = 500;

    public Task<IReadOnlyList<Known<TicketView>>> List(string? school, DateTimeOffset? before, int limit, CancellationToken ct) => documents.List(school, before, limit, ct);

    /// <summary>The ticket, or null: where there is none, and where it is another school's.</summary>
    public async Task<Known<TicketView>?> Find(string ticket, string holder, CancellationToken ct)
    {
        var found = await documents.Read(ticket, ct);
        return found?.State.School is { } school && (holder == Keys.Operator || holder == school) ? found : null;
    }

    /// <summary>What is owed for one ticket, in every room of this process.</summary>
    public async Task<IReadOnlyList<DebtRow>> Debts(string ticket, CancellationToken ct)
    {
        var views = new List<DebtRow>();
        foreach (var room in rooms)
        {
            foreach (var owed in await store.AllOwed($"{room.Name}/{ticket}", MostDebts, ct))
                views.Add(await View(owed, ct));
        }
        return views;
    }

    /// <summary>Everything owed, oldest first.</summary>
    public async Task<IReadOnlyList<DebtRow>> Owed(CancellationToken ct)
    {
        var views = new List<DebtRow>();
        foreach (var owed in await store.AllOwed(null, MostDebts, ct))
            views.Add(await View(owed, ct));
        return views;
    }

    /// <summary>The room a debt is in, or null.</summary>
    public IDocuments? Room(string name) => rooms.FirstOrDefault(room => room.Name == name);

    async Task<DebtRow> View(Owed owed, CancellationToken ct)
    {
        var error = Room(owed.Room) is { } known ? await known.LastError(owed.Ticket, owed.Lane, ct) : null;
        return new DebtRow(owed.Room, owed.Ticket, owed.Lane, owed.Target, owed.Count, owed.Since, owed.Due, error);
    }
}

/// <summary>A debt as operators see it.</summary>
/// <param name="NextTry">Null: it waits for a person.</param>
public sealed record DebtRow(string Room, string Ticket, string Lane, string Target, int Count, DateTimeOffset Since, DateTimeOffset? NextTry, string? LastError);
