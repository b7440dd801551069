namespace GroupTicketing.Platform.Tests;

/// <summary>A tool like iTop: it creates whatever it is asked to, knows no keys, and goes on working after its client
/// has left.</summary>
sealed class Ledger(MovableClock clock)
{
    readonly List<Row> rows = [];

    /// <summary>Everything created or still coming, in the order it was sent.</summary>
    public IReadOnlyList<Row> Rows => rows;

    public Row Create(string key, TimeSpan takes)
    {
        var row = new Row(key, clock.Real, clock.Real + takes);
        rows.Add(row);
        return row;
    }

    public bool Has(string key) => rows.Exists(row => row.Key == key && IsThere(row));

    public bool IsThere(Row row) => row.Lands <= clock.Real;

    /// <summary>One created ticket, in real time.</summary>
    public sealed record Row(string Key, TimeSpan Sent, TimeSpan Lands);
}
