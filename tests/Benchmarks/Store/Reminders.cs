using System.Diagnostics;
using GroupTicketing.Platform;

namespace GroupTicketing.Benchmarks;

/// <summary>What the sweep, the gauges and <c>status</c> cost where every live ticket has a reminder: by what is due,
/// not by how many there are.</summary>
static class Reminders
{
    const int AtOnce = 512;
    const int Rounds = 200;

    static readonly DateTimeOffset now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan aim = TimeSpan.FromMilliseconds(5);

    public static async Task<int> Run()
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-bench-").FullName;
        try
        {
            await using var store = new SqliteStore(Path.Combine(folder, "store.db"));
            await Fill(store, 0, 1_000);
            var few = await Ask(store, 1_000);
            await Fill(store, 1_000, 200_000);
            var many = await Ask(store, 200_000);
            return few <= aim && many <= aim ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // One of a hundred has something pending for iTop, too, later.
    static async Task Fill(SqliteStore store, int from, int to)
    {
        for (var some = from; some < to; some += AtOnce)
        {
            await Task.WhenAll(
                Enumerable
                    .Range(some, Math.Min(AtOnce, to - some))
                    .Select(number =>
                    {
                        var key = $"routing/{number:D8}";
                        PendingLane reminder = new(key, "clock:silence", Outbox.Clock, now.AddDays(1 + (number % 30)), now, 1);
                        PendingLane[] pending =
                            number % 100 == 0 ? [reminder, new(key, "itop", "itop", now.AddHours(1), now, 1)] : [reminder];
                        return store.Save(
                            new StoredDocument(key, 1, [123, 125], "lyon", now, null),
                            pending,
                            CancellationToken.None
                        );
                    })
            );
        }
    }

    static async Task<TimeSpan> Ask(SqliteStore store, int tickets)
    {
        var ct = CancellationToken.None;
        (string What, Func<Task> Ask)[] asked =
        [
            ("sweep: targets that are due", () => store.DueTargets(now, ct)),
            ("sweep: what is due of one", () => store.Due("itop", now, 500, ct)),
            ("gauges, status: pending by target", () => store.PendingByTarget(ct)),
        ];
        var all = TimeSpan.Zero;
        foreach (var (what, ask) in asked)
        {
            var times = new List<TimeSpan>();
            for (var round = 0; round < Rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                await ask();
                times.Add(Stopwatch.GetElapsedTime(started));
            }
            times.Sort();
            all += times[Rounds / 2];
            Console.WriteLine(
                $"{tickets, 7} reminders  {what, -32} {times[Rounds / 2].TotalMilliseconds, 7:F2} ms "
                + $"(p95 {times[Rounds * 95 / 100].TotalMilliseconds:F2})"
            );
        }
        Console.WriteLine(
            $"{tickets, 7} reminders  together {all.TotalMilliseconds:F2} ms, aim {aim.TotalMilliseconds} ms"
        );
        return all;
    }
}
