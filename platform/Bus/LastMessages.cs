using System.Diagnostics.Metrics;
using System.Text.Json;

namespace GroupTicketing.Platform;

/// <summary>
/// Says each stream's last message again. A gap shows when a later message comes, but the last one has no later one:
/// who has it drops it, who misses something before it parks it and asks.
/// </summary>
static class LastMessages
{
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

    /// <summary>Of the service's documents written since then. One that cannot be read, or whose message this release does
    /// not know, keeps nobody else's from being said.</summary>
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
                if (ReadOrNull(said) is not { } message)
                    return;
                await bus.Publish(message, ct);
                Interlocked.Increment(ref count);
            }
        );
        again.Add(count, new("module", documents.Name), new("why", why));
        return count;

        object? ReadOrNull(StreamMessage said)
        {
            try
            {
                return messages.Unwait(said);
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or NotSupportedException)
            {
                Telemetry.Unreadable(documents.Name);
                return null;
            }
        }
    }
}
