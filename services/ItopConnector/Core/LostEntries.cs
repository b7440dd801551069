namespace GroupTicketing.ItopConnector.Core;

/// <summary>
/// Entries of others that a public log lost. It is one column, read and written back: of parallel saves the last one
/// stands, and the history has each of them under the same place (observed on iTop 3.2.0: 24 saves, 13
/// entries). Ours are missed by their numbers and written again; another's text is nowhere any more, so that it is lost
/// is all that can be said.
/// </summary>
public static class LostEntries
{
    // What the history shows already, the log may show a moment later.
    static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <param name="saves">What the history says of one ticket's log, read before the log was.</param>
    /// <param name="log">The log.</param>
    /// <param name="isOurs">Whether an entry is ours; null: whatever bears a number.</param>
    public static IReadOnlyList<LogSave> Find(
        IEnumerable<LogSave> saves,
        IReadOnlyList<LogRead> log,
        DateTimeOffset now,
        Predicate<LogRead>? isOurs = null
    ) =>
        [
            .. saves
                .Where(save => !save.IsOurs && ItopTime.At(save.Date) + Settled < now)
                .GroupBy(save => save.Place)
                .SelectMany(same =>
                    Lost([.. same.OrderBy(save => save.Id)], log.ElementAtOrDefault(same.Key), isOurs ?? IsMarked)
                ),
        ];

    static bool IsMarked(LogRead entry) => EntryText.AnyNumberOf(entry.Text) is not null;

    static IEnumerable<LogSave> Lost(IReadOnlyList<LogSave> same, LogRead? there, Predicate<LogRead> isOurs)
    {
        if (there is null || isOurs(there))
            return same;
        var standing = same.LastOrDefault(save => save.Date == there.Date) ?? same[^1];
        return same.Where(save => save != standing);
    }
}

/// <summary>A save of a public log, as iTop's history has it: where its entry stood, not what it said.</summary>
/// <param name="Id">iTop's id of it.</param>
/// <param name="Place">The entry's place in the log, from 0.</param>
/// <param name="Date">iTop's local time.</param>
/// <param name="IsOurs">Whether a call of ours made it.</param>
public sealed record LogSave(long Id, int Place, string Date, bool IsOurs);
