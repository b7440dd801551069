namespace GroupTicketing.ItopConnector.Core;

/// <summary>What a link is bound to besides iTop's id, which may be given again after a restore.</summary>
/// <param name="Organisation">iTop's id of the request's organisation; null: never read.</param>
/// <param name="Started">Its start date, in iTop's own letters: it is compared, never understood. Null: never read.</param>
/// <param name="Key">What it bore as a key when the link was made, where that is not the link's own; null: nothing.</param>
public sealed record Bound(string? Organisation, string? Started, string? Key = null)
{
    public static Bound From(ItopRead read) => new(read.OrganisationId, read.Started, Marker.KeyIn(read.Bears));

    /// <summary>With what was not known yet: absence is no evidence, so it is filled when it shows.</summary>
    public Bound Filled(ItopRead read) =>
        this with
        {
            Organisation = Organisation ?? read.OrganisationId,
            Started = Started ?? read.Started,
        };

    /// <summary>The request as an update takes it for its key: done if it is that very one, else refused, in one call.</summary>
    public static string Query(string id, Bound? bound)
    {
        var organisation = bound?.Organisation is { } known ? $" AND org_id = {known}" : "";
        var started = bound?.Started is { } date ? $" AND start_date = '{date}'" : "";
        return $"SELECT UserRequest WHERE id = {id}{organisation}{started}";
    }
}
