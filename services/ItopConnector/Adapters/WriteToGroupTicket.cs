using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Does a wish of the school's side: adds its entry, and walks the ticket to the wished state. A cut walk is
/// taken up where it stands.</summary>
public sealed class WriteToGroupTicket(ItopClient itop, TimeProvider clock)
{
    // From any state to closed is three steps at most (escalated_tto → assigned → resolved → closed).
    const int MostSteps = 4;

    /// <summary>What every write says of itself in iTop's history.</summary>
    public const string Comment = "GroupTicketing";

    public async Task<Answer> Call(Attempt attempt, GroupTicket ticket, ItopCall.Write call, CancellationToken ct)
    {
        if (ticket.IdOf(call.Generation) is not { } id)
            return new Answer.Refused("its group ticket was never opened", Cause: Cause.NotThere);
        var bound = ticket.BoundOf(call.Generation);
        var key = Bound.Query(id, bound);
        var read = attempt.InDoubt is null && !Conflict.Moves(call.Wish) ? null : await ReadGroupTicket.Read(itop, id, ct, bound);
        var entry = Wanting.From(ticket, call, read);
        if (!entry.IsThere && entry.Text is not null && attempt.Unsettled(clock.GetUtcNow()) is { Ticks: > 0 } rest)
            return ItopAnswers.InDoubt("writing it", rest);
        var text = entry.IsThere ? null : entry.Text;
        for (var steps = 0; steps < MostSteps && read is not null && Conflict.Next(read.Status, call.Wish) is { } step; steps++)
        {
            read = await Stimulus(itop, key, step, text ?? Conflict.SolutionFor(call.Wish), text, ct);
            text = null;
        }
        if (text is not null || read is null)
            read = text is null ? await ReadGroupTicket.Read(itop, id, ct, bound) : await Append(key, text, ct);
        return new Answer.Done(
            new Written(read, entry.Number == call.Number ? null : new Entry(entry.Number!.Value, entry.Text!, Written: true))
        );
    }

    /// <summary>A note in the private log. That log is never read, so one that may stand there already is not written
    /// again.</summary>
    public async Task<Answer> Remind(Attempt attempt, GroupTicket ticket, ItopCall.Remind call, CancellationToken ct)
    {
        if (attempt.InDoubt is null && ticket.IdOf(call.Generation) is { } id)
            await itop.Call(
                Operation(
                    "core/update",
                    Bound.Query(id, ticket.BoundOf(call.Generation)),
                    new JsonObject { ["private_log"] = Item(call.Text) }
                ),
                ct
            );
        return new Answer.Done();
    }

    /// <summary>Walks a request to its closure, without an entry.</summary>
    /// <param name="key">Its id, or a query that finds it alone.</param>
    /// <param name="also">Fields that its first save changes, too.</param>
    public static async Task Close(
        ItopClient itop,
        string key,
        string status,
        string solution,
        CancellationToken ct,
        JsonObject? also = null
    )
    {
        for (var steps = 0; steps < MostSteps && Conflict.Next(status, GroupWish.Close) is { } step; steps++)
        {
            status = (await Stimulus(itop, key, step, solution, null, ct, also)).Status;
            also = null;
        }
        if (also?.Count > 0)
            await itop.Call(Operation("core/update", key, also), ct);
    }

    /// <summary>One stimulus, with its entry in the same call: all of it or nothing.</summary>
    static async Task<ItopRead> Stimulus(
        ItopClient itop,
        string key,
        Step step,
        string solution,
        string? entry,
        CancellationToken ct,
        JsonObject? also = null
    )
    {
        var fields = also ?? new JsonObject();
        if (step.NeedsSolution)
            fields["solution"] = solution;
        if (entry is not null)
            fields["public_log"] = Item(entry);
        return Single(await itop.Call(Operation("core/apply_stimulus", key, fields, ("stimulus", step.Stimulus)), ct));
    }

    async Task<ItopRead> Append(string key, string entry, CancellationToken ct) =>
        Single(await itop.Call(Operation("core/update", key, new JsonObject { ["public_log"] = Item(entry) }), ct));

    static JsonObject Operation(string name, string key, JsonObject fields, params ReadOnlySpan<(string Name, string Value)> also)
    {
        var operation = new JsonObject { ["operation"] = name, ["class"] = "UserRequest", ["key"] = key, ["comment"] = Comment };
        foreach (var (member, value) in also)
            operation[member] = value;
        operation["fields"] = fields;
        operation["output_fields"] = ReadFields.Names;
        return operation;
    }

    /// <summary>An entry for a log, as text.</summary>
    public static JsonObject Item(string entry) =>
        new()
        {
            ["add_item"] = new JsonObject { ["message"] = entry, ["format"] = "text" },
        };

    static ItopRead Single(IReadOnlyList<ItopObject> objects) => ReadFields.From(ItopAnswers.Only(objects, "wrote"));
}
