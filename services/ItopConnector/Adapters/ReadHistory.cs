using System.Globalization;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// What iTop's history of changes says of public logs. The standard profiles let no account but an administrator's read it: then nothing is known, and it is not asked for an hour. Of the private log nothing is asked.
/// </summary>
sealed class ReadHistory(ItopClient itop)
{
    const string Saves = "CMDBChangeOpSetAttributeCaseLog";

    static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    DateTimeOffset denied;

    /// <summary>By the tickets' ids in iTop.</summary>
    public async Task<ILookup<string, LogSave>> Of(IReadOnlyList<string> ids, DateTimeOffset now, CancellationToken ct)
    {
        var found = now - denied < Believed ? [] : await Found(ids, now, ct);
        return found.ToLookup(save => save.Text("objkey") ?? "", Read);
    }

    async Task<IReadOnlyList<ItopObject>> Found(IReadOnlyList<string> ids, DateTimeOffset now, CancellationToken ct)
    {
        var oql = $"SELECT {Saves} WHERE objclass = 'UserRequest' AND attcode = 'public_log' AND objkey IN ({string.Join(',', ids)})";
        try
        {
            return await itop.Get(Saves, oql, "objkey,lastentry,date,userinfo", ct);
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
