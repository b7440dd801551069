using System.Globalization;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// What iTop's history of changes says of public logs. The standard profiles let no account but an administrator's read
/// it: then nothing is known, and it is not asked for an hour. Of the private log nothing is asked.
/// </summary>
sealed class ReadHistory(ItopClient itop, Halving halving)
{
    const string Saves = "CMDBChangeOpSetAttributeCaseLog";

    static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    DateTimeOffset denied;

    /// <summary>By the tickets' ids in iTop.</summary>
    public async Task<ILookup<string, LogSave>> For(
        IReadOnlyList<string> ids,
        DateTimeOffset now,
        Func<string, Task> isBad,
        CancellationToken ct
    )
    {
        var found = now - denied < Believed ? [] : await Found(ids, now, isBad, ct);
        return found.ToLookup(save => save.Text("objkey") ?? "", Read);
    }

    async Task<IReadOnlyList<ItopObject>> Found(
        IReadOnlyList<string> ids,
        DateTimeOffset now,
        Func<string, Task> isBad,
        CancellationToken ct
    )
    {
        const string oql = $"SELECT {Saves} WHERE objclass = 'UserRequest' AND attcode = 'public_log' AND objkey IN";
        try
        {
            return await halving.Read<ItopObject>(
                ids,
                async (some, token) =>
                    await itop.Get(Saves, $"{oql} ({string.Join(',', some)})", "objkey,lastentry,date,userinfo", token),
                isBad,
                ct
            );
        }
        catch (ItopException exception) when (exception.LacksRight || exception.Fault is ItopFault.NotInModel)
        {
            denied = now;
            return [];
        }
    }

    // Who made a save bears what the call said of itself, or the name of a person who sat before the console.
    static LogSave Read(ItopObject save) => new(
        long.Parse(save.Key, CultureInfo.InvariantCulture),
        int.Parse(save.Text("lastentry") ?? "0", CultureInfo.InvariantCulture),
        save.Text("date") ?? "",
        save.Text("userinfo") == WriteToGroupTicket.Comment);
}
