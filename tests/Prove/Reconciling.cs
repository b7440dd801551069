namespace GroupTicketing.Prove;

/// <summary>Reconcile, asked for by a person and watched until nothing differs any more.</summary>
public static class Reconciling
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Has everything read until no side differs at a whole reading; answers how many repairs there were ever.</summary>
    public static async Task<long> UntilEqual(this Operator people)
    {
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            var found = await people.Once();
            if (found.All(side => side is { Differing: 0, Fault: null }))
                return found.Sum(side => side.Repaired);
            // The second look is half a minute after the first.
            await Task.Delay(TimeSpan.FromSeconds(35));
        }
        throw new TimeoutException($"both sides still differ after {Patience}");
    }

    /// <summary>Has everything read once.</summary>
    public static async Task<IReadOnlyList<SideFound>> Once(this Operator people)
    {
        var before = DateTimeOffset.UtcNow;
        await people.Reconcile();
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            var found = await people.Found();
            if (found.Count > 1 && found.All(side => side.Began > before))
                return found;
            await Task.Delay(500);
        }
        throw new TimeoutException($"not both sides were read within {Patience}");
    }
}
