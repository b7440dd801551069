using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Requests that people opened in iTop for a school that wants them in its tool too. Of any other school's
/// nothing is asked for.</summary>
public sealed class FindRequests(ItopClient itop, ItopKey key, IReadOnlyList<School> schools)
{
    const string Names = "id,ref,title,description,status,org_name,start_date";

    readonly IReadOnlyDictionary<string, School> mirrored = schools
        .Where(school => school is { Pilot: true, MirrorFrom: not null })
        .ToDictionary(school => school.Organisation);

    /// <summary>Whether any school wants such: then a request that was looked at before may become one.</summary>
    public bool AreWanted => mirrored.Count > 0;

    /// <summary>Which of these are such requests. One that bears a key is ours, whatever is known of it.</summary>
    /// <param name="ids">iTop's ids, none of them linked.</param>
    public async Task<IReadOnlyList<RequestFound>> Among(IReadOnlyList<string> ids, CancellationToken ct)
    {
        if (!AreWanted || ids.Count == 0)
            return [];
        var organisations = string.Join(',', mirrored.Keys.Select(ItopClient.Quote));
        var oql = $"SELECT UserRequest WHERE id IN ({string.Join(',', ids)}) AND org_name IN ({organisations})";
        var found = await key.With(
            isKeyed => itop.Get("UserRequest", oql, isKeyed ? $"{Names},{Marker.Attribute}" : Names, ct),
            ct
        );
        return [.. found.Select(Request).OfType<RequestFound>()];
    }

    RequestFound? Request(ItopObject one)
    {
        var (id, title) = (one.Text("id") ?? one.Key, one.Text("title") ?? "");
        if (
            !mirrored.TryGetValue(one.Text("org_name") ?? "", out var school)
            || IsOurs(one, title)
            || States.From(one.Text("status") ?? "") == "closed"
        )
            return null;
        return string.CompareOrdinal(one.Text("start_date"), $"{school.MirrorFrom:yyyy-MM-dd}") < 0
            ? null
            : new RequestFound(
                TicketIds.OfItop(id),
                school.Slug,
                id,
                one.Text("ref") ?? "",
                title,
                ReadFields.Plain(one.Text("description")) ?? ""
            );
    }

    // With our module titles are as their writers left them: the attribute tells our own.
    static bool IsOurs(ItopObject one, string title) =>
        Marker.TicketOf(title) is not null
        || (one.Text(Marker.Attribute) is { } bears && Marker.TicketOf($"[{bears}]") is not null);
}
