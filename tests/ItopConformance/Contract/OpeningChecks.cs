using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>A group ticket is created, and found again by its key after a doubt.</summary>
public static class OpeningChecks
{
    public static async Task Run(Bench bench)
    {
        var (checks, connector, asked) = (bench.Checks, bench.Connector, bench.Asked);
        var key = Marker.KeyOf(Asked.From(asked));
        await checks.Is("a key that is not there is found nowhere", "Found: 0, code message objects:null", async () =>
        {
            var none = await bench.Rest.Get("UserRequest", $"SELECT UserRequest WHERE org_id = {bench.Own.Id}");
            return $"{none.Message}, {none.Shape}";
        });
        await checks.Matches("a group ticket is opened, new, with a reference", @"\d+ R-\d{6} new", async () =>
        {
            var read = Connector.Done<ItopRead>(await connector.Opening.Call(Connector.Attempt(asked), asked, default));
            (bench.Id, bench.Reference) = (read.Id, read.Reference);
            return $"{read.Id} {read.Reference} {read.Status}";
        });
        await checks.Is("it is found by its key, whatever its title holds, and not opened twice", bench.Id, async () =>
            Connector.Done<ItopRead>(await connector.Opening.Call(Connector.Attempt(asked, inDoubt: true), asked, default)).Id);
        await checks.Is("there is one", "Found: 1", async () =>
            (await bench.Rest.Get("UserRequest", $"SELECT UserRequest WHERE org_id = {bench.Own.Id}")).Message
        );
        var isKeyed = await connector.Key.Ask(default);
        await checks.Is("its title is kept raw", isKeyed ? Bench.Title : $"[{key}] {Bench.Title}", async () =>
            (await connector.Read(bench.Id)).Title
        );
        if (isKeyed)
            await checks.Is("its key is in the module's attribute", key, async () =>
                await Field(bench, Marker.Attribute)
            );
        await checks.Is(
            "its place is the one asked for",
            $"{bench.Own.Service} > {bench.Own.SousService}, {bench.Own.Team}",
            async () =>
            {
                var read = await connector.Read(bench.Id);
                return $"{read.Service} > {read.SousService}, {read.Team}";
            }
        );
        await checks.Matches(
            "its description says what was said",
            ".*Première ligne & <i>balise</i>\nDeuxième ligne 𝔘",
            async () => ReadFields.Plain(await Field(bench, "description"))
        );
        await checks.Is("what was text in it is no markup", "False", async () =>
            $"{(await Field(bench, "description"))!.Contains("<i>")}"
        );
        await checks.Is("its caller is the support's contact", "Camille Appelant", async () =>
            await Field(bench, "caller_id_friendlyname")
        );
        await checks.Is("its urgency is kept and its priority computed", "2 1", async () =>
            $"{await Field(bench, "urgency")} {await Field(bench, "priority")}"
        );
        await checks.Matches("its dates are local, to the second", @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", async () =>
            (await connector.Read(bench.Id)).LastUpdate
        );
    }

    private static async Task<string?> Field(Bench bench, string code) =>
        (await bench.Rest.Get("UserRequest", bench.Id, code)).Field(code);
}
