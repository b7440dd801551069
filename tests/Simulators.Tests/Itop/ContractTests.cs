using System.Diagnostics;
using GroupTicketing.ItopConformance.Contract;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>The contract tests that anybody may run against a real iTop, run against the simulator: the program itself,
/// by its settings.</summary>
public sealed class ContractTests
{
    private const string Password = "Connecteur-2026!";

    private static readonly TimeSpan RunTakesAtMost = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_simulator_keeps_the_connectors_contract_and_nothing_is_left_behind()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");

        var (exit, lines) = await Run(itop, "admin");

        lines
            .Where(line => !line.StartsWith("ok ", StringComparison.Ordinal))
            .ShouldBe(["everything made was taken away", lines[^1]]);
        lines[^1].ShouldBe($"contract {lines.Length - 2} of {lines.Length - 2}");
        lines.Length.ShouldBeGreaterThan(80);
        ConformancePage.Text.ShouldContain(lines[^1], customMessage: "say the new number in docs/itop-conformance.md");
        exit.ShouldBe(0);
        (await itop.Get("SELECT Organization WHERE name LIKE 'Conformance%'", "id", "Organization"))["message"]!
            .ToString()
            .ShouldBe("Found: 0");
    }

    [Fact]
    public async Task So_does_the_simulator_with_our_optional_module()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json", module: true);

        var (exit, lines) = await Run(itop, "admin");

        lines.Where(line => line.StartsWith("FAILED", StringComparison.Ordinal)).ShouldBeEmpty();
        lines.ShouldContain(line => line.Contains("its key is in the module's attribute"));
        exit.ShouldBe(0);
    }

    [Fact]
    public async Task An_account_that_may_not_prepare_is_told_and_fails_the_run()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");

        var (exit, lines) = await Run(itop, "connecteur");

        lines[0].ShouldStartWith("FAILED  an organisation with a catalogue is made:");
        lines[0].ShouldContain("not have enough permissions for creating data of class Organization");
        lines[^1].ShouldBe("contract 0 of 1");
        exit.ShouldBe(1);
    }

    [Fact]
    public async Task What_iTop_does_otherwise_is_a_failed_check()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        await itop.Fault(new { emptyPollEvery = 1 });

        var (exit, lines) = await Run(itop, "admin");

        lines.ShouldContain(line =>
            line.StartsWith("FAILED  the poll brings what has just changed: expected ", StringComparison.Ordinal)
        );
        exit.ShouldBe(1);
    }

    [Fact]
    public async Task What_may_not_be_taken_away_is_named()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        var own = new OwnOrganisation(new Rest(itop.Http, itop.Http.BaseAddress!, new Account("admin", Password)), "Conformance");
        await own.Make();
        await itop.Fault(new { readOnly = true });

        var left = await own.TakeAway();

        left.Count.ShouldBe(11);
        left[^1]
            .ShouldBe(
                $"Organization {own.Id}: The current user does not have enough permissions for deleting data of class "
                + "Organization"
            );
        await itop.Fault(new { readOnly = false });
        (await own.TakeAway()).ShouldBeEmpty();
    }

    private static async Task<(int Exit, string[] Lines)> Run(RunningItop itop, string admin)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "GroupTicketing.ItopConformance.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
        start.Environment["ITOP_URL"] = itop.Http.BaseAddress!.ToString();
        start.Environment["ITOP_USER"] = "connecteur";
        start.Environment["ITOP_PASSWORD"] = Password;
        start.Environment["ITOP_ADMIN_USER"] = admin;
        start.Environment["ITOP_ADMIN_PASSWORD"] = Password;
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(RunTakesAtMost);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
