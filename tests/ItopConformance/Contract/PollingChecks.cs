using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>Changes are found by the last update; the two clocks and iTop's zone must agree for that.</summary>
public static class PollingChecks
{
    public static async Task Run(Bench bench)
    {
        var (checks, rest, id) = (bench.Checks, bench.Rest, bench.Id);
        var now = TimeProvider.System.GetUtcNow();
        await checks.Is("iTop's clock and zone (Europe/Paris) agree with ours within two minutes", "True", async () =>
            ((await Touch(bench) - now).Duration() < TimeSpan.FromMinutes(2)).ToString());
        await checks.Is("the poll brings what has just changed", id, async () =>
            (await bench.Connector.Poll.Changed(TimeProvider.System.GetUtcNow(), default))
                .Ours.SingleOrDefault(read => read.Id == id)
                ?.Id
        );
        await checks.Is("what changed before is not brought", "Found: 0", async () =>
            (
                await rest.Get(
                    "UserRequest",
                    $"SELECT UserRequest WHERE org_id = {bench.Own.Id} AND last_update >= '{ItopTime.Local(now.AddHours(1))}'",
                    "id,last_update"
                )
            ).Message
        );
        await checks.Is("a ticket is found by several ids at once", id, async () =>
            (await rest.Get("UserRequest", $"SELECT UserRequest WHERE id IN ({id},99999999)")).Id
        );
    }

    private static async Task<DateTimeOffset> Touch(Bench bench) =>
        ItopTime.At(
            (await bench.Rest.Update(bench.Id, new { title = $"{Marker.For(bench.Ticket.Asked!)} changé" }, "last_update")).Field(
                "last_update"
            )!
        );
}
