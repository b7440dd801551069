using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary><c>status</c>: one line for Nagios or Centreon; exit 0 (OK), 1 (WARNING: something waits too long or for a
/// person), 2 (CRITICAL: nothing is taken).</summary>
static class StatusCommand
{
    // As the alert OldestPending (deploy/prometheus/alerts.yml).
    static readonly TimeSpan TooOld = TimeSpan.FromMinutes(15);

    // A target that is down is probed, or read, at least every two minutes while anything is asked of it.
    static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    const int Page = 200;
    const int MostPages = 50;

    public static Command Create(Func<ParseResult, HostSettings> settings)
    {
        var command = new Command("status", CommandTexts.Text("Status"));
        command.SetAction((parsed, ct) => Run(settings(parsed), ct));
        return command;
    }

    static async Task<int> Run(HostSettings settings, CancellationToken ct)
    {
        // With the embedded store one process does everything: whether it answers is the first question. Services apart
        // have health checks of their own.
        if (
            settings.Store.Url is null
            && await HealthCommand.Fault(
                new Uri(new Uri(settings.Urls.Split(';')[0].Replace("+", "127.0.0.1").Replace("*", "127.0.0.1")), "readyz"),
                ct
            )
                is { } fault
        )
            return Say(2, "CRITICAL", fault);
        try
        {
            await using var opened = await OpenStore.Open(settings);
            var pending = await opened.Store.PendingByTarget(ct);
            var down = await Down(opened.Store, pending.Select(one => one.Target), ct);
            return Report(pending, down, await Triage(opened.Store, ct));
        }
        catch (StoreUnavailableException exception)
        {
            return Say(2, "CRITICAL", exception.Localized);
        }
    }

    // As whoever calls them last said. One for which nothing is pending any more is asked by nobody, and may be up again.
    static async Task<IReadOnlyList<(string Target, DateTimeOffset Since)>> Down(
        IStore store,
        IEnumerable<string> pending,
        CancellationToken ct
    )
    {
        var asked = pending.ToHashSet();
        var lately = TimeProvider.System.GetUtcNow() - Lately;
        return
        [
            .. from side in await store.ListSide(Sides.Targets, "", ct)
            let state = Json.Read<TargetState>(side.Body)
            where state.DownSince is not null && (asked.Contains(side.Key) || state.NextTry > lately)
            select (side.Key, state.DownSince!.Value),
        ];
    }

    static async Task<(int Count, DateTimeOffset Since)> Triage(IStore store, CancellationToken ct)
    {
        var (count, since, cursor) = (0, DateTimeOffset.MaxValue, (Cursor?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var held = await store.List("routing", "triage", cursor, Page, ct);
            if (held.Count == 0)
                break;
            var oldest = held.Min(HeldAt);
            (count, since, cursor) = (count + held.Count, oldest < since ? oldest : since, Cursor.After(held[^1]));
        }
        return (count, since);
    }

    // When it was last written is no answer: what its requester adds is written, too.
    static DateTimeOffset HeldAt(StoredDocument held)
    {
        try
        {
            return JsonNode.Parse(held.Body)?["state"]?["heldAt"]?.GetValue<DateTimeOffset>() ?? held.Stamp;
        }
        catch (JsonException)
        {
            return held.Stamp;
        }
    }

    static int Report(
        IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)> pending,
        IReadOnlyList<(string Target, DateTimeOffset Since)> down,
        (int Count, DateTimeOffset Since) triage)
    {
        var now = TimeProvider.System.GetUtcNow();
        var waiting = pending.Where(one => one.Target != Outbox.Clock && !Outbox.IsQuarantine(one.Target)).ToList();
        var (lanes, blocked) = (
            waiting.Sum(one => one.Count),
            pending.Where(one => Outbox.IsQuarantine(one.Target)).Sum(one => one.Count)
        );
        var oldest = waiting.Count == 0 ? TimeSpan.Zero : now - waiting.Min(one => one.Oldest);
        var text = string.Concat(
        [
            CommandTexts.Text("Pending", lanes, oldest.TotalSeconds, blocked),
            .. down.OrderBy(one => one.Since).Select(one => CommandTexts.Text("Down", one.Target, At(one.Since))),
            triage.Count == 0 ? "" : CommandTexts.Text("Triage", triage.Count, At(triage.Since)),
            $" | pending={lanes} oldest={oldest.TotalSeconds:0}s;{TooOld.TotalSeconds:0} quarantine={blocked};0",
        ]);
        return oldest > TooOld || blocked > 0 || down.Any(one => now - one.Since >= Patience(one.Target))
            ? Say(1, "WARNING", text)
            : Say(0, "OK", text);
    }

    // As the alerts ItopDown and SchoolUnreachable; for the bus, what is pending speaks.
    static TimeSpan Patience(string target) => target switch
    {
        "itop" => TimeSpan.FromMinutes(10),
        _ when target.StartsWith("school:", StringComparison.Ordinal) => TimeSpan.FromMinutes(30),
        _ => TimeSpan.MaxValue,
    };

    static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    static int Say(int code, string word, string text)
    {
        Console.WriteLine($"GROUPTICKETING {word} - {text}");
        return code;
    }
}
