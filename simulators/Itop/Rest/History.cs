using System.Globalization;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>The change history, of logs only: each save of one, with the place its entry had when it was written. It
/// stays when a parallel save loses the entry; of what was said there is nothing in it.</summary>
public sealed class History(ItopStore store, LocalTime clock)
{
    private const string Saves = "CMDBChangeOpSetAttributeCaseLog";

    private static readonly string[] Logs = ["public_log", "private_log"];

    // Other changes are not kept: a log's save is a change of its own.
    private int _changes = store.All(Saves).Count();

    /// <param name="comment">What the call said of itself.</param>
    public void Saved(ItopObject of, IReadOnlyDictionary<string, object?> changes, string comment, Account account)
    {
        foreach (var log in Logs)
            if (changes.GetValueOrDefault(log) is LogEntry[] { Length: > 0 } entries)
                Keep(of, log, entries.Length - 1, comment, account);
    }

    private void Keep(ItopObject of, string log, int place, string comment, Account account)
    {
        store.Create(
            Saves,
            new Dictionary<string, object?>
            {
                ["change"] = Text(Interlocked.Increment(ref _changes)),
                ["date"] = clock.Now,
                ["userinfo"] = comment,
                ["user_id"] = Text(account.Id),
                ["objclass"] = of.Class,
                ["objkey"] = Text(of.Id),
                ["attcode"] = log,
                ["lastentry"] = Text(place),
                ["change_friendlyname"] = clock.Now,
                ["user_id_friendlyname"] = account.Login,
            },
            null);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
