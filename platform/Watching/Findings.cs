using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>What somebody has to mend at a side, though no ticket of ours shows it: refused, unreadable, put aside. It
/// lies in the store, so that any process may show it.</summary>
public sealed class Findings(IStore store, TimeProvider clock)
{
    const string Collection = "findings";

    // More of one kind say no more, and a sender must not fill the store.
    const int MostOfAKind = 50;

    // A member rather than a name: what follows the fiftieth.
    const string Others = "…";

    // What does not come again is mended.
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    static readonly Counter<long> noted = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.findings",
        "{time}",
        "What somebody has to mend at a side, each time it was met."
    );

    /// <summary>It was met once more. Where the store is away it is counted only: whoever met it goes on.</summary>
    /// <param name="side"><c>itop</c>, or <c>school:</c> and its slug.</param>
    /// <param name="code">What kind: a closed set of words.</param>
    /// <param name="what">Where: a pointer, a field's name, a ticket's number. No text of anybody, no personal
    /// data.</param>
    public async Task Note(string side, string code, string what, CancellationToken ct)
    {
        noted.Add(1, new("side", side), new("code", code));
        try
        {
            await Keep(side, code, what, ct);
        }
        catch (StoreUnavailableException)
        {
            // It is met again.
        }
    }

    /// <summary>It is as it should be again.</summary>
    public async Task Mended(string side, string code, string what, CancellationToken ct)
    {
        var key = $"{side}|{code}|{what}";
        if (await store.GetSide(Collection, key, ct) is not null)
            await store.DeleteSide(Collection, key, ct);
    }

    /// <summary>All there are, the latest first.</summary>
    public async Task<IReadOnlyList<Finding>> All(CancellationToken ct) =>
        [.. (await store.ListSide(Collection, "", ct)).Select(one => Json.Read<Finding>(one.Body))
            .OrderByDescending(one => one.Last)];

    async Task Keep(string side, string code, string what, CancellationToken ct)
    {
        var (kind, now) = ($"{side}|{code}|", clock.GetUtcNow());
        var known = await store.ListSide(Collection, kind, ct);
        if (known.Count >= MostOfAKind && known.All(one => one.Key != kind + what))
            what = Others;
        var before = known.Where(one => one.Key == kind + what).Select(one => Json.Read<Finding>(one.Body)).FirstOrDefault();
        var after = before is null
            ? new Finding(side, code, what, now, now, 1)
            : before with { Last = now, Count = before.Count + 1 };
        await store.PutSide(Collection, kind + what, Json.Write(after), now + Kept, ct);
    }
}

/// <summary>Something to be mended.</summary>
/// <param name="Side"><c>itop</c>, or <c>school:</c> and its slug.</param>
/// <param name="Code">What kind.</param>
/// <param name="What">Where.</param>
/// <param name="First">When it was met first.</param>
/// <param name="Last">When it was met last.</param>
/// <param name="Count">How often; what is met at the same moment, by two processes too, may count once.</param>
public sealed record Finding(string Side, string Code, string What, DateTimeOffset First, DateTimeOffset Last, long Count);
