using System.Runtime.Versioning;

namespace GroupTicketing.Tests.Deploy;

/// <summary>The installer of a release's archive.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class InstallTests : IDisposable
{
    readonly FolderMachine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public void It_lays_folders_commands_and_units_and_starts_nothing()
    {
        machine.StandIn("getent", "exit 2");

        var (exit, said) = machine.Install(machine.Archive("0.1.0", ""));

        exit.ShouldBe(0, said);
        machine.Link("opt/groupticketing/current").ShouldBe("0.1.0");
        File.Exists(machine.Path("opt/groupticketing/current/bin/GroupTicketing")).ShouldBeTrue();
        foreach (var unit in (string[])["groupticketing.service", "groupticketing-backup.service", "groupticketing-backup.timer"])
            File.Exists(machine.Path($"etc/systemd/system/{unit}")).ShouldBeTrue(unit);
        foreach (
            var command in (string[])
                ["groupticketing", "groupticketing-upgrade", "groupticketing-rollback", "groupticketing-restore"]
        )
            File.Exists(machine.Root + machine.Link($"usr/local/bin/{command}")).ShouldBeTrue(command);
        File.Exists(machine.Path("etc/groupticketing/directory/schools/lyon.yaml.example")).ShouldBeTrue();
        File.GetUnixFileMode(machine.Path("etc/groupticketing/secrets"))
            .ShouldBe(
                UnixFileMode.SetGroup
                    | UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute
            );
        File.GetUnixFileMode(machine.Path("var/lib/groupticketing"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        machine.Called.Count(call => call.StartsWith("useradd ", StringComparison.Ordinal)).ShouldBe(1);
        machine
            .Called.Where(call => call.StartsWith("systemctl ", StringComparison.Ordinal))
            .ShouldBe(["systemctl daemon-reload"]);
    }

    [Fact]
    public void Again_it_keeps_what_is_there()
    {
        var archive = machine.Archive("0.1.0", "");
        machine.Install(archive).Exit.ShouldBe(0);
        File.AppendAllText(machine.Path("etc/groupticketing/groupticketing.env"), "OURS=1\n");
        File.WriteAllText(machine.Path("etc/groupticketing/directory/schools/lyon.yaml"), "slug: lyon");

        machine.Install(archive).Exit.ShouldBe(0);

        File.ReadAllText(machine.Path("etc/groupticketing/groupticketing.env")).ShouldEndWith("OURS=1\n");
        File.Exists(machine.Path("etc/groupticketing/directory/schools/lyon.yaml")).ShouldBeTrue();
        machine.Called.ShouldNotContain(call => call.StartsWith("useradd "));
    }

    [Fact]
    public void Over_another_release_it_names_the_command_for_that()
    {
        machine.Install(machine.Archive("0.1.0", "")).Exit.ShouldBe(0);

        var (exit, said) = machine.Install(machine.Archive("0.1.1", ""));

        exit.ShouldBe(1);
        said.ShouldContain("error: 0.1.0 is installed: groupticketing-upgrade");
        machine.Link("opt/groupticketing/current").ShouldBe("0.1.0");
    }

    [Fact]
    public void A_package_that_is_missing_is_named()
    {
        machine.StandIn("ldconfig", "echo 'libssl.so.3 (libc6,x86-64)'");

        var (exit, said) = machine.Install(machine.Archive("0.1.0", ""));

        exit.ShouldBe(1);
        said.ShouldContain("error: these packages are missing: libicu72");
        Path.Exists(machine.Path("opt/groupticketing")).ShouldBeFalse("nothing was changed");
    }
}
