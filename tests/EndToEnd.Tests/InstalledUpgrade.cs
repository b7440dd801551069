using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;
using GroupTicketing.Tests.Deploy;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// What an earlier release stored, on an installed machine: up by one command, its tickets live on; back by one
/// command, they still do. The program is this build under two
/// versions.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class InstalledUpgrade : IAsyncDisposable
{
    // What was on its way when the process was killed is in doubt for a minute, and tried only then.
    static readonly TimeSpan LongerThanInDoubt = Attempt.StillWorking + TimeSpan.FromSeconds(90);

    readonly FolderMachine installed = new();
    Machines? machines;

    public async ValueTask DisposeAsync()
    {
        installed.Run("systemctl stop groupticketing");
        if (machines is not null)
            await machines.DisposeAsync();
        installed.Dispose();
    }

    [Theory]
    [MemberData(nameof(Upgrade.Releases), MemberType = typeof(Upgrade))]
    public async Task Tickets_of_an_earlier_release_live_on_after_the_upgrade_and_after_the_rollback(string release)
    {
        Assert.SkipUnless(Engines.OfThisRun() is null, "the data kept is the embedded store's");
        machines = await Machines.Start(
            new Setup { From = Path.Combine(AppContext.BaseDirectory, "fixtures", release), WithProduct = false }
        );
        Install(release);

        Do("upgrade", Archive("9.0.0")).ShouldContain("9.0.0 runs");
        await Ledgers.Drained(machines, LongerThanInDoubt);
        await machines.Told("3", "group.referenced");
        await machines.Says("2", "ticket.answered", new() { ["id"] = "a2", ["text"] = "dupont", ["by"] = "support" });
        await machines.Comes("2", "assigned");

        Do("rollback").ShouldContain($"{release} runs");
        await machines.Acts("2", "ev_resolve", new JsonObject { ["solution"] = "Compte créé." });
        await machines.Told("2", "group.resolved");
        await machines.Says("2", "ticket.confirmed");
        await machines.Told("2", "group.closed");
        await machines.Says("1", "ticket.confirmed");
        await machines.Told("1", "group.closed");

        Do("groupticketing", "status").ShouldStartWith("GROUPTICKETING OK");
        Upgrade.EachIsOpenedOnce(machines);
    }

    void Install(string release)
    {
        installed.RunsTheService();
        installed.Set("READY_WITHIN", "40");
        installed.Install(Archive(release)).Exit.ShouldBe(0);
        // The tests' witnesses read the store in the machines' folder; the installed product lives in its own.
        Directory.Delete(installed.Path("var/lib/groupticketing"), recursive: true);
        Directory.CreateSymbolicLink(
            installed.Path("var/lib/groupticketing"),
            Path.Combine(machines!.Folder, "product")
        );
        var settings = machines
            .ProductSettings.Append(new("GROUPTICKETING__Data", installed.Path("var/lib/groupticketing")))
            .Append(new("GROUPTICKETING__Directory", Path.Combine(machines.Folder, "directory")))
            .Append(new("GROUPTICKETING__Urls", $"{machines.Product}".TrimEnd('/')));
        File.WriteAllLines(
            installed.Path("etc/groupticketing/groupticketing.env"),
            settings.Select(pair => $"{pair.Key}={pair.Value}")
        );
        installed.Run("systemctl start groupticketing").Exit.ShouldBe(0);
    }

    string Archive(string version) => installed.Archive(version, ProductProgram.Exec);

    string Do(string command, string arguments = "")
    {
        var (exit, said) = installed.Command(command, arguments);
        exit.ShouldBe(0, said);
        return said;
    }
}
