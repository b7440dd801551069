using System.CommandLine;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary><c>status</c>: one line for Nagios or Centreon; exit 0 (OK), 1 (WARNING: something waits too long or for a person), 2 (CRITICAL: nothing is taken).</summary>
static class StatusCommand
{
    // As the alert OldestDebt (deploy/prometheus/alerts.yml).
    static readonly TimeSpan TooOld = TimeSpan.FromMinutes(15);

    public static Command Of(Func<ParseResult, HostSettings> settings)
    {
        var command = new Command("status", "One line on what is owed; exit 0, 1 or 2 as Nagios and Centreon read it.");
        command.SetAction((parsed, ct) => Run(settings(parsed), ct));
        return command;
    }

    static async Task<int> Run(HostSettings settings, CancellationToken ct)
    {
        // With the embedded store one process does everything: whether it answers is the first question. Services apart have health checks of their own.
        if (settings.Store.Url is null && await HealthCommand.Fault(new Uri(new Uri(settings.Urls.Split(';')[0].Replace("+", "127.0.0.1").Replace("*", "127.0.0.1")), "readyz"), ct) is { } fault)
            return Say(2, "CRITICAL", fault);
        try
        {
            await using var opened = new OpenStore(settings);
            return Report(await opened.Store.OwedByTarget(ct));
        }
        catch (StoreUnavailableException exception)
        {
            return Say(2, "CRITICAL", exception.Message);
        }
    }

    static int Report(IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)> owed)
    {
        var waiting = owed.Where(one => one.Target is not (Debts.Clock or Debts.QuarantineLane)).ToList();
        var (lanes, blocked) = (waiting.Sum(one => one.Count), owed.Where(one => one.Target == Debts.QuarantineLane).Sum(one => one.Count));
        var oldest = waiting.Count == 0 ? TimeSpan.Zero : TimeProvider.System.GetUtcNow() - waiting.Min(one => one.Oldest);
        var text = $"owed {lanes}, oldest {oldest.TotalSeconds:0} s, quarantine {blocked} | owed={lanes} oldest={oldest.TotalSeconds:0}s;{TooOld.TotalSeconds:0} quarantine={blocked};0";
        return oldest > TooOld || blocked > 0 ? Say(1, "WARNING", text) : Say(0, "OK", text);
    }

    static int Say(int code, string word, string text)
    {
        System.Console.WriteLine($"GROUPTICKETING {word} - {text}");
        return code;
    }
}
