using System.Collections.Concurrent;

namespace GroupTicketing.Platform;

/// <summary>
/// What reconcile saw differ once. Only the same difference, seen again in a reading begun later, is one: what is
/// merely on its way has arrived by then. Kept in memory: after a
/// restart it is seen anew.
/// </summary>
public sealed class SecondLook
{
    /// <summary>How long after the first look the second is begun: longer than a webhook or a poll takes.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, (string Difference, DateTimeOffset First)> seen = new();

    /// <summary>How many tickets differ as far as is known.</summary>
    public int Count => seen.Count;

    /// <summary>The tickets whose second look is due.</summary>
    public IReadOnlyList<string> Due(DateTimeOffset now) =>
        [.. seen.Where(one => now - one.Value.First >= After).Select(one => one.Key)];

    /// <summary>A ticket was read. True when it differs as it differed at a look begun long enough before this one.</summary>
    /// <param name="difference">What differs, in words that are the same for the same difference; null: nothing.</param>
    /// <param name="began">When this reading began.</param>
    public bool Confirms(string ticket, string? difference, DateTimeOffset began)
    {
        if (difference is null)
        {
            seen.TryRemove(ticket, out _);
            return false;
        }
        var first = seen.GetOrAdd(ticket, (difference, began));
        if (first.Difference != difference)
            seen[ticket] = first = (difference, began);
        return began - first.First >= After;
    }
}
