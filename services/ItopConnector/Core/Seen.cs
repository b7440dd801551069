namespace GroupTicketing.ItopConnector.Core;

/// <summary>The last reading taken, without its texts.</summary>
/// <param name="Log">Fingerprints of the public log's entries.</param>
public sealed record Seen(
    string Status,
    string? Service,
    string? SousService,
    string? Team,
    string? Solution,
    string LastUpdate,
    IReadOnlyList<string> Log
)
{
    /// <summary>Fingerprints without a date; before, 0.2.0's held one.</summary>
    public const int Undated = 2;

    /// <summary>How its fingerprints were made; 0 in 0.2.0.</summary>
    public int Form { get; init; }

    /// <summary>Which entries of a reading were there at this one.</summary>
    public IReadOnlyList<bool> Had(ItopRead read)
    {
        var known = Log.ToHashSet();
        List<bool> had = [.. (Form == Undated ? read.Fingerprints() : read.DatedFingerprints()).Select(known.Contains)];
        // Its dates are shown in another zone by now: the log only grows, so the first ones are those that were there.
        return Form != Undated && !had.Contains(true) ? [.. read.Log.Select((_, place) => place < Log.Count)] : had;
    }
}
