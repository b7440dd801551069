using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>
/// Says each stream's last message again. A gap shows when a later message comes, but the last one has no later one:
/// who has it drops it, who misses something before it parks it and asks.
/// </summary>
static class LastMessages
{
    /// <summary>How far back this goes: what a listener did not hear for so long was asked for by a later message, or
    /// is a person's matter.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>A queue lost what it held.</summary>
    public const string Lost = "lost";

    /// <summary>Every hour, for what was written since.</summary>
    public const string Hourly = "hourly";

    /// <summary>A person asked.</summary>
    public const string Asked = "asked";

    const int AtOnce = 16;

    static readonly Counter<long> again = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.said.again",
        "{message}",
        "Last messages of streams said again, by why: lost, hourly, asked."
    );

    /// <summary>Of the service's documents written since then, seven days at most.</summary>
    /// <param name="streams">Only these; null: all it speaks in.</param>
    /// <returns>How many.</returns>
    public static async Task<int> SayAgain(
        this IDocuments documents,
        IReadOnlySet<string>? streams,
        DateTimeOffset since,
        string why,
        IMessages messages,
        IBus bus,
        CancellationToken ct
    )
    {
        var count = 0;
        await Parallel.ForEachAsync(
            documents.LastSaid(streams, since, ct),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (said, ct) =>
            {
                await bus.Publish(messages.Unwait(said), ct);
                Interlocked.Increment(ref count);
            }
        );
        again.Add(count, new("module", documents.Name), new("why", why));
        return count;
    }
}
