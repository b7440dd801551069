using System.Globalization;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What iTop's history of changes says of public logs. The standard profiles let no account but an administrator's read it: then nothing is known. Of the private log nothing is asked.</summary>
static class ReadHistory
{
    const string Saves = "CMDBChangeOpSetAttributeCaseLog";

    /// <summary>By the tickets' ids in iTop.</summary>
    public static async Task<ILookup<string, LogSave>> Of(ItopClient itop, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var oql = $"SELECT {Saves} WHERE objclass = 'UserRequest' AND attcode = 'public_log' AND objkey IN ({string.Join(',', ids)})";
        return (await Found(itop, oql, ct)).ToLookup(save => save.Text("objkey") ?? "", Read);
    }

    static async Task<IReadOnlyList<ItopObject>> Found(ItopClient itop, string oql, CancellationToken ct)
    {
        try
        {
            return await itop.Get(Saves, oql, "objkey,lastentry,date,userinfo", ct);
        }
        catch (ItopException exception) when (exception.LacksRight || exception.Fault is ItopFault.NotInModel)
        {
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
