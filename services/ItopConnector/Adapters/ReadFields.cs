using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Which fields of a ticket are asked for, and how they are read. Never <c>*</c>, never the private log.</summary>
static partial class ReadFields
{
    public const string Names = "id,ref,title,status,last_update,service_name,servicesubcategory_name,team_name,agent_id_friendlyname,pending_reason,solution,public_log," + Moves;

    /// <summary>With our module's attribute.</summary>
    public const string NamesAndKey = Names + "," + Marker.Attribute;

    public static string Of(bool isKeyed) => isKeyed ? NamesAndKey : Names;

    // iTop's own times of the steps of a ticket's life: a reading later on shows the same step at the same times.
    const string Moves = "assignment_date,last_pending_date,resolution_date,close_date";

    public static ItopRead Of(ItopObject found) => new(
        found.Text("id") ?? found.Key,
        found.Text("ref") ?? "",
        found.Text("title") ?? "",
        found.Text("status") ?? "",
        found.Text("last_update") ?? "",
        found.Text("service_name"),
        found.Text("servicesubcategory_name"),
        found.Text("team_name"),
        found.Text("agent_id_friendlyname"),
        Plain(found.Text("pending_reason")),
        Plain(found.Text("solution")),
        Log(found.Fields),
        string.Join('/', Moves.Split(',').Select(found.Text)))
    {
        Key = found.Text(Marker.Attribute),
    };

    static IReadOnlyList<LogRead> Log(JsonElement fields)
    {
        if (!fields.TryGetProperty("public_log", out var log) || log.ValueKind is not JsonValueKind.Object || !log.TryGetProperty("entries", out var entries))
            return [];
        return [.. entries.EnumerateArray().Select(entry => new LogRead(Text(entry, "date"), Text(entry, "user_login"), Text(entry, "message")))];
    }

    static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    /// <summary>HTML as the text it shows.</summary>
    public static string? Plain(string? html)
    {
        if (html is null)
            return null;
        var lines = Break().Replace(html, "\n");
        return WebUtility.HtmlDecode(Tag().Replace(lines, "")).Trim();
    }

    [GeneratedRegex(@"<br\s*/?>|</p>|</li>|</div>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tag();
}
