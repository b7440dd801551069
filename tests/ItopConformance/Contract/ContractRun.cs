namespace GroupTicketing.ItopConformance.Contract;

/// <summary>Runs every check against one iTop, in an organisation that is made for it and taken away again.</summary>
public static class ContractRun
{
    private static readonly TimeSpan CallTakesAtMost = TimeSpan.FromSeconds(30);

    private static readonly Func<Bench, Task>[] Groups =
    [
        TransportChecks.Run, CatalogueChecks.Run, OpeningChecks.Run, RefusalChecks.Run, ReadingChecks.Run,
        WritingChecks.Run, LifeChecks.Run, FileChecks.Run, PollingChecks.Run, FamilyChecks.Run, PairingChecks.Run,
    ];

    /// <summary>0 when every check is ok, else 1.</summary>
    public static async Task<int> Print(ItopUnderTest itop, TextWriter to)
    {
        var checks = new Checks(to);
        using var http = new HttpClient { Timeout = CallTakesAtMost };
        var own = new OwnOrganisation(
            new Rest(http, itop.Url, itop.Admin),
            $"Conformance {TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}"
        );
        await using var connector = new Connector(http, itop);
        var bench = new Bench(checks, connector, new Rest(http, itop.Url, itop.Connector), own);
        var isMade = await checks.Is("an organisation with a catalogue is made", own.Name, async () =>
        {
            await own.Make();
            return own.Name;
        });
        foreach (var group in isMade ? Groups : [])
            await Run(checks, group, bench);
        await TakeAway(checks, own);
        await checks.Say($"contract {checks.Passed} of {checks.Total}");
        return checks.Passed == checks.Total ? 0 : 1;
    }

    /// <summary>What fails between two checks is a failed check too.</summary>
    private static async Task Run(Checks checks, Func<Bench, Task> group, Bench bench)
    {
        try
        {
            await group(bench);
        }
        catch (Exception exception)
        {
            await checks.Is($"{group.Method.DeclaringType?.Name} run to their end", "", () =>
                Task.FromResult<string?>($"{exception.GetType().Name}: {exception.Message}")
            );
        }
    }

    private static async Task TakeAway(Checks checks, OwnOrganisation own)
    {
        try
        {
            var left = await own.TakeAway();
            foreach (var line in left)
                await checks.Say($"left behind: {line}");
            await checks.Say(
                left.Count == 0
                    ? "everything made was taken away"
                    : $"{left.Count} things are left behind: an administrator deletes them"
            );
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            await checks.Say($"left behind: all of {own.Name}: {exception.Message}");
        }
    }
}
