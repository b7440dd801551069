using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>A request that somebody else opened is found for its organisation, and taken by its reference.</summary>
public static class PairingChecks
{
    public static async Task Run(Bench bench)
    {
        var (checks, connector, own) = (bench.Checks, bench.Connector, bench.Own);
        var opened = await bench.Rest.Create(
            "UserRequest",
            new
            {
                org_id = own.Id,
                title = "Ouverte par le groupe",
                description = "<p>Elle &amp; lui</p>",
            },
            "ref"
        );
        var (id, reference) = (opened.Id, opened.Field("ref")!);
        await checks.Is(
            "a request opened by a person is found, its text plain",
            $"{reference} Ouverte par le groupe: Elle & lui",
            async () =>
            {
                var found = (await connector.Finding(own.Name).Among([id, bench.Id], default)).Single();
                return $"{found.Reference} {found.Title}: {found.Description}";
            }
        );
        await checks.Is("not for another organisation", "0", async () =>
            $"{(await connector.Finding("Ailleurs").Among([id], default)).Count}"
        );
        await checks.Is("it is taken by its reference", id, async () =>
            Connector.Done<Adopted>(await Adopt(bench, reference)).Read.Id
        );
        await checks.Is("a reference that is not there is not to be had", "unknown", async () =>
            Connector.Done<NotAdopted>(await Adopt(bench, "R-999999")).Why
        );
    }

    private static Task<Platform.Answer> Adopt(Bench bench, string reference)
    {
        var asked = bench.Asked with
        {
            Heading = bench.Asked.Heading with { TicketId = TicketIds.OfSchool(Bench.School, "pairing") },
        };
        var ticket = new GroupTicket { Asked = Asked.From(asked) };
        return bench.Connector.Adopting.Call(ticket, new ItopCall.Adopt(reference), default);
    }
}
