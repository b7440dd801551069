using System.Text.Json;

namespace GroupTicketing.Prove;

/// <summary>An intervenant who takes each new ticket in iTop, so that the other direction has something to tell too.</summary>
public sealed class Intervenant(Machines machines)
{
    readonly LedgerTail ledger = LedgerTail.OfItop(machines);
    readonly HashSet<string> toTake = [];
    readonly HashSet<string> taken = [];
    readonly CancellationTokenSource leaves = new();
    readonly IReadOnlyList<LedgerTail> schools = [.. machines.Schools.Select(LedgerTail.Of)];
    int told;
    Task works = Task.CompletedTask;

    /// <summary>Begins to work.</summary>
    public static Intervenant Of(Machines machines)
    {
        var one = new Intervenant(machines);
        one.works = one.Work();
        return one;
    }

    /// <summary>Takes what was created until now, and goes once the schools were told. What they are not told in time
    /// is left for the judge.</summary>
    public async Task Ends(TimeSpan? patience = null)
    {
        await leaves.CancelAsync();
        await works;
        var until = DateTime.UtcNow + (patience ?? TimeSpan.FromMinutes(4));
        while ((await TakesSome() || Told() < taken.Count) && DateTime.UtcNow < until)
            await Task.Delay(300);
    }

    // A poll has to see it first: until then nothing is pending.
    int Told()
    {
        told += schools.Sum(school =>
            school
                .New()
                .Count(line =>
                    line.GetProperty("type").GetString() == "group.assigned"
                    && line.GetProperty("status").GetInt32() is 0 or 200
                    && !line.GetProperty("repeat").GetBoolean()
                )
        );
        return told;
    }

    async Task Work()
    {
        while (!leaves.IsCancellationRequested)
        {
            await TakesSome();
            await Task.Delay(300);
        }
    }

    // iTop may be made to fail: whoever works in it tries again.
    async Task<bool> TakesSome()
    {
        toTake.UnionWith(ledger.New().Where(line => Is(line, "create")).Select(line => line.GetProperty("id").GetString()!));
        foreach (var id in toTake.ToList())
        {
            if (!await Takes(id))
                continue;
            toTake.Remove(id);
            taken.Add(id);
        }
        return toTake.Count > 0;
    }

    async Task<bool> Takes(string id)
    {
        try
        {
            await machines.Acts(id, "ev_assign");
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or OperationCanceledException)
        {
            return false;
        }
        catch (InvalidOperationException refused)
        {
            // Done before, though its answer was never read.
            return refused.Message.Contains("Invalid stimulus");
        }
    }

    static bool Is(JsonElement line, string op) =>
        line.GetProperty("op").GetString() == op && line.GetProperty("class").GetString() == "UserRequest";
}
