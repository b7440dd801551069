using System.Collections.Concurrent;
using GroupTicketing.Contracts;

namespace GroupTicketing.Prove;

/// <summary>Compares the three ledgers: the schools' (what was taken with 2xx, what was told), ours (the Portal's API)
/// and iTop's (what was created and written).</summary>
public sealed class Judge
{
    const string OurAccount = "connecteur";
    const int MostShown = 12;

    readonly ConcurrentQueue<string> faults = [];
    int lost, duplicated, disordered, unexpected, recovered;

    /// <summary>Waits until nothing is pending or on its way, and compares.</summary>
    public static async Task<Verdict> Drained(Machines machines, ProofRun run, TimeSpan patience)
    {
        await Ledgers.Drained(machines, patience);
        return await Of(machines, run.Say);
    }

    /// <summary>Compares now.</summary>
    public static async Task<Verdict> Of(Machines machines, Action<string> say)
    {
        var judge = new Judge();
        var tickets = machines.Schools.SelectMany(SchoolSide.Of).ToList();
        var itop = new ItopSide(Ledgers.Itop(machines), OurAccount);
        judge.Weigh(tickets, itop);
        await judge.Ours(machines, tickets.Where(ticket => ticket.Accepted), itop);
        return judge.Said(tickets, say);
    }

    /// <summary>Compares the two outer ledgers only.</summary>
    public static Verdict Of(IReadOnlyList<SchoolSide> tickets, ItopSide itop, Action<string> say)
    {
        var judge = new Judge();
        judge.Weigh(tickets, itop);
        return judge.Said(tickets, say);
    }

    void Weigh(IReadOnlyList<SchoolSide> tickets, ItopSide itop)
    {
        foreach (var ticket in tickets)
            Weigh(ticket, itop);
        foreach (var stranger in itop.Created.Keys.Except(tickets.Select(ticket => (ticket.School, ticket.Number))))
            Fault(ref unexpected, $"created though never sent: {stranger}");
        Fault(ref unexpected, "created without a key of ours", itop.WithoutKey);
    }

    void Weigh(SchoolSide ticket, ItopSide itop)
    {
        var key = (ticket.School, ticket.Number);
        var created = itop.Created.GetValueOrDefault(key, []);
        if (created.Count == 0 && ticket.Accepted)
            Fault(ref lost, $"{key}: accepted, never created");
        if (created.Count > 1)
            Fault(ref duplicated, $"{key}: created {created.Count} times", created.Count - 1);
        if (created.Count > 0 && !ticket.Accepted && !ticket.Unknown)
            Fault(ref unexpected, $"{key}: created though refused");
        if (created.Count > 0 && !ticket.Accepted && ticket.Unknown)
            recovered++;
        Entries(ticket, itop.Entries[key].ToList(), key);
        Told(ticket, created, itop);
    }

    void Entries(SchoolSide ticket, List<int> entries, (string, string) key)
    {
        foreach (var missing in ticket.Comments.Where(comment => comment.Accepted && !entries.Contains(comment.Number)))
            Fault(ref lost, $"{key}: comment {missing.Number} accepted, not in the log");
        foreach (var twice in entries.GroupBy(entry => entry).Where(same => same.Count() > 1))
            Fault(ref duplicated, $"{key}: comment {twice.Key} stands {twice.Count()} times", twice.Count() - 1);
        foreach (
            var stranger in entries.Except(
                ticket.Comments.Where(comment => comment.Accepted || comment.Unknown).Select(comment => comment.Number)
            )
        )
            Fault(ref unexpected, $"{key}: comment {stranger} stands in the log and was never taken");
        var first = entries.Distinct().Where(entry => !ticket.Lost.Contains(entry)).ToList();
        if (!first.SequenceEqual(first.Order()))
            Fault(ref disordered, $"{key}: comments stand as {string.Join(' ', first)}");
    }

    void Told(SchoolSide ticket, IReadOnlyList<string> created, ItopSide itop)
    {
        if (created.Count > 0)
            Once(ticket, "group.referenced");
        if (created.Any(itop.Assigned.Contains))
            Once(ticket, "group.assigned");
        if (created.Count == 0 && ticket.Told.Count > 0 && !ticket.Accepted)
            Fault(ref unexpected, $"{ticket.School}/{ticket.Number}: told {ticket.Told[0].Type}, never taken");
        var order = ticket.Told.Select(told => told.Order).ToList();
        if (!order.SequenceEqual(order.Order(StringComparer.Ordinal)))
            Fault(ref disordered, $"{ticket.School}/{ticket.Number}: told in the order {string.Join(' ', order)}");
    }

    void Once(SchoolSide ticket, string type)
    {
        var ids = ticket.Told.Count(told => told.Type == type);
        if (ids == 0)
            Fault(ref lost, $"{ticket.School}/{ticket.Number}: never told {type}");
        if (ids > 1)
            Fault(ref duplicated, $"{ticket.School}/{ticket.Number}: told {type} under {ids} ids", ids - 1);
    }

    async Task Ours(Machines machines, IEnumerable<SchoolSide> accepted, ItopSide itop)
    {
        using var people = new Operator(machines);
        // The first call makes the key.
        foreach (var row in await people.Pending())
            Fault(ref lost, $"still pending: {row.Service} {row.Lane} {row.LastError}");
        await Parallel.ForEachAsync(accepted, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (ticket, _) =>
        {
            var reference = itop.References.GetValueOrDefault((ticket.School, ticket.Number));
            var shown = await people.Reference(TicketIds.OfSchool(ticket.School, ticket.Number));
            if (reference is not null && shown != reference)
                Fault(ref lost, $"{ticket.School}/{ticket.Number}: our Portal shows {shown ?? "nothing"} for {reference}");
        });
    }

    void Fault(ref int count, string what, int times = 1)
    {
        if (times == 0)
            return;
        Interlocked.Add(ref count, times);
        faults.Enqueue(what);
    }

    Verdict Said(IReadOnlyList<SchoolSide> tickets, Action<string> say)
    {
        foreach (var fault in faults.Take(MostShown))
            say($"     {fault}");
        if (faults.Count > MostShown)
            say($"     and {faults.Count - MostShown} more");
        return new Verdict(lost, duplicated, disordered, unexpected, tickets.Count(ticket => ticket.Accepted), recovered);
    }
}
