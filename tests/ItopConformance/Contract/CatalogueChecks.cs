namespace GroupTicketing.ItopConformance.Contract;

/// <summary>The catalogue as the connector looks it up: by names, never by ids.</summary>
public static class CatalogueChecks
{
    public static async Task Run(Bench bench)
    {
        var (checks, names, own, rest) = (bench.Checks, bench.Connector.Names, bench.Own, bench.Rest);
        await checks.Is("an organisation is found by its name", own.Id, async () => await names.Organisation(own.Name, default));
        await checks.Is("a team is found by its name", own.TeamId, async () => await names.Team(own.Team, default));
        await checks.Is("a person is found by the name shown", own.AgentId, async () =>
            await OnlyOne(bench, "friendlyname = 'Alix Intervenant'")
        );
        await checks.Matches("a person is found by e-mail", @"\d+", async () =>
            await names.PersonOrNull(own.Email, own.Id, default)
        );
        await checks.Is("a person of another organisation is none", "nothing", async () =>
            await names.PersonOrNull(own.Email, "99999999", default)
        );
        await checks.Matches("a service is found in its brique, under a contract", @"\d+", async () =>
            await names.Service(own.Brique, own.Service, own.Name, default)
        );
        await checks.Matches("a service without a contract is refused in words", ".*no contract of .* covers .*", async () =>
            await names.Service(own.Brique, own.Uncovered, own.Name, default)
        );
        await checks.Matches("a sous-service is found in its service, with its type of request", @"\d+ incident", async () =>
        {
            var (found, type) = await names.SousService(
                await names.Service(own.Brique, own.Service, own.Name, default),
                own.SousService,
                default
            );
            return $"{found} {type}";
        });
        await checks.Matches("a name that is not there is refused in words", ".*iTop has 0 Organization for.*", async () =>
            await names.Organisation($"{own.Name} ailleurs", default)
        );
        await checks.Is("a service under a contract of the organisation is found", own.Service, async () =>
            (
                await rest.Get(
                    "Service",
                    "SELECT Service AS s JOIN lnkCustomerContractToService AS l1 ON l1.service_id=s.id JOIN "
                    + "CustomerContract AS cc ON l1.customercontract_id=cc.id "
                        + $"WHERE cc.org_id = {own.Id} AND s.status != 'obsolete'",
                    "name"
                )
            ).Field("name")
        );
        await checks.Is("a contract's lines name service and contract", "True", async () =>
            (await rest.Get("CustomerContract", $"SELECT CustomerContract WHERE org_id = {own.Id}", "services_list")).Fields[
                "services_list"
            ]!
                .AsArray()
                .Count == 1
                ? "True"
                : "False"
        );
        await checks.Is("a team's members are listed", own.AgentId, async () =>
            (await rest.Get("lnkPersonToTeam", $"SELECT lnkPersonToTeam WHERE team_id = {own.TeamId}", "person_id")).Field(
                "person_id"
            )
        );
    }

    private static async Task<string?> OnlyOne(Bench bench, string where) =>
        (await bench.Rest.Get("Person", $"SELECT Person WHERE {where} AND org_id = {bench.Own.Id}")).Id;
}
