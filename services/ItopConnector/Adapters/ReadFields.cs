using System.Text.Json;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Which fields of a ticket are asked for, and how they are read. Never <c>*</c>, never the private log.</summary>
static class ReadFields
{
    public const string Names =
        "id,ref,title,org_id,org_name,start_date,status,last_update,service_name,"
        + "servicesubcategory_name,team_name,agent_id_friendlyname,pending_reason,solution,public_log,parent_request_id,"
        + Moves;

    /// <summary>With our module's attribute.</summary>
    public const string NamesAndKey = Names + "," + Marker.Attribute;

    public static string From(bool isKeyed) => isKeyed ? NamesAndKey : Names;

    // iTop's own times of the steps of a ticket's life: a reading later on shows the same step at the same times.
    const string Moves = "assignment_date,last_pending_date,resolution_date,close_date";

    public static ItopRead From(ItopObject found) => new(
        found.Text("id") ?? found.Key,
        found.Text("ref") ?? "",
        found.Text("title") ?? "",
        found.Text("status") ?? "",
        found.Text("last_update") ?? "",
        found.Text("service_name"),
        found.Text("servicesubcategory_name"),
        found.Text("team_name"),
        found.Text("agent_id_friendlyname"),
        found.Text("pending_reason")?.ReplaceLineEndings("\n").Trim(),
        Plain(found.Text("solution")),
        Log(found.Fields),
        string.Join('/', Moves.Split(',').Select(found.Text)))
    {
        Key = found.Text(Marker.Attribute),
        OrganisationId = found.Text("org_id"),
        Organisation = found.Text("org_name"),
        Started = found.Text("start_date"),
        Parent = found.Text("parent_request_id") is { } parent and not "0" ? parent : null,
    };

    static IReadOnlyList<LogRead> Log(JsonElement fields)
    {
        if (
            !fields.TryGetProperty("public_log", out var log)
            || log.ValueKind is not JsonValueKind.Object
            || !log.TryGetProperty("entries", out var entries)
        )
            return [];
        return
        [
            .. entries
                .EnumerateArray()
                .Select(entry => new LogRead(
                    Text(entry, "date"),
                    Text(entry, "user_login"),
                    Text(entry, "message"),
                    Account(entry)
                )),
        ];
    }

    static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    // Now a number, now a text; 0 is nobody.
    static string? Account(JsonElement entry) =>
        entry.TryGetProperty("user_id", out var value) && value.ToString() is { Length: > 0 } id && id != "0" ? id : null;

    /// <summary>HTML as the text it shows.</summary>
    public static string? Plain(string? html) => html is null ? null : HtmlText.From(html);
}
