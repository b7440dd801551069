using System.Runtime.Versioning;

namespace GroupTicketing.Tests.Deploy;

/// <summary>Up, back by itself, and back on demand: the scripts, around a program that does what a test says.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UpgradeTests : IDisposable
{
    // Ready, unless a file of the test's says otherwise; a backup is a file.
    const string Program = """
        here=$(basename "$(dirname "$(dirname "$(readlink -f "$0")")")")
        echo "$here $*" >> "$ROOT/said"
        case $1 in
          check) [ ! -e "$ROOT/refuses-$here" ] || { echo "error: the store was written by a newer release"; exit 1; } ;;
          status) [ -e "$ROOT/deaf-$here" ] && echo "GROUPTICKETING CRITICAL - no answer" || echo "GROUPTICKETING OK - owed 0" ;;
          backup) [ ! -e "$ROOT/full" ] || exit 1; touch "$2" ;;
          restore) [ ! -e "$ROOT/damaged" ] || exit 1; touch "$ROOT/var/lib/groupticketing/restored" ;;
        esac
        """;

    readonly FolderMachine machine = new();

    public UpgradeTests()
    {
        machine.Install(machine.Archive("0.1.0", Program)).Exit.ShouldBe(0);
        File.WriteAllText(machine.Path("var/lib/groupticketing/groupticketing.db"), "");
    }

    public void Dispose() => machine.Dispose();

    string Current => machine.Link("opt/groupticketing/current")!;

    string[] Backups => Directory.GetFiles(machine.Path("var/backups/groupticketing"));

    [Fact]
    public void It_checks_backs_up_switches_restarts_and_keeps_the_one_before()
    {
        Upgraded("0.1.1");
        Upgraded("0.1.2");

        Current.ShouldBe("0.1.2");
        machine.Link("opt/groupticketing/previous").ShouldBe("0.1.1");
        Directory.GetDirectories(machine.Path("opt/groupticketing"))
            .Select(Path.GetFileName)
            .ShouldBe(["0.1.1", "0.1.2", "current", "previous"], ignoreOrder: true);
        File.ReadAllLines(machine.Path("said")).Select(line => string.Join(' ', line.Split(' ')[..2])).ShouldBe(
            ["0.1.1 check", "0.1.0 backup", "0.1.1 status", "0.1.2 check", "0.1.1 backup", "0.1.2 status"]);
        Backups.Length.ShouldBe(2);
        machine.Called.Count(call => call == "systemctl restart groupticketing").ShouldBe(2);
    }

    [Fact]
    public void A_release_that_is_not_ready_gives_way_to_the_one_before()
    {
        File.WriteAllText(machine.Path("deaf-0.1.1"), "");

        var (exit, said) = Upgrade("0.1.1");

        exit.ShouldBe(1);
        said.ShouldContain("error: 0.1.1 was not ready within 2 s");
        said.ShouldContain("0.1.0 runs again; nothing was lost");
        Current.ShouldBe("0.1.0");
        machine.Called.Count(call => call == "systemctl restart groupticketing").ShouldBe(2);
    }

    [Fact]
    public void A_restart_that_fails_is_a_release_that_is_not_ready()
    {
        machine.StandIn("systemctl", "[ \"$1\" != restart ] || [ \"$(readlink $ROOT/opt/groupticketing/current)\" != 0.1.1 ]");

        Refused(Upgrade("0.1.1"), "0.1.0 runs again");
    }

    [Fact]
    public void What_the_new_release_refuses_changes_nothing()
    {
        File.WriteAllText(machine.Path("refuses-0.1.1"), "");

        Refused(Upgrade("0.1.1"), "0.1.1 does not accept what it finds here");

        Path.Exists(machine.Path("opt/groupticketing/0.1.1")).ShouldBeFalse();
        Untouched();
    }

    [Fact]
    public void Without_a_backup_nothing_is_switched()
    {
        File.WriteAllText(machine.Path("full"), "");

        Refused(Upgrade("0.1.1"), "no backup could be made");

        Untouched();
    }

    [Fact]
    public void An_archive_that_was_damaged_or_came_without_its_sum_is_not_unpacked()
    {
        var archive = machine.Archive("0.1.1", Program);
        File.AppendAllText(archive, "x");
        Refused(machine.Command("upgrade", archive), "is not what was released");
        File.Delete(archive + ".sha256");
        Refused(machine.Command("upgrade", archive), ".sha256 is not there");
        Refused(machine.Command("upgrade", archive + ".none"), "is not there");

        Directory.GetFileSystemEntries(machine.Path("opt/groupticketing"))
            .Select(Path.GetFileName)
            .ShouldBe(["0.1.0", "current"], ignoreOrder: true);
        Untouched();
    }

    [Fact]
    public void The_release_that_runs_is_not_unpacked_over_itself() =>
        Refused(Upgrade("0.1.0"), "0.1.0 is the release that runs");

    [Fact]
    public void Rollback_is_one_command_and_the_same_archive_leads_up_again()
    {
        Upgraded("0.1.1");

        var (exit, said) = machine.Command("rollback");

        exit.ShouldBe(0, said);
        Current.ShouldBe("0.1.0");
        Refused(machine.Command("rollback"), "there is no release to go back to");
        Upgraded("0.1.1");
    }

    [Fact]
    public void A_store_the_older_release_cannot_read_forbids_the_rollback()
    {
        Upgraded("0.1.1");
        File.WriteAllText(machine.Path("refuses-0.1.0"), "");

        var answer = machine.Command("rollback");

        Refused(answer, "0.1.0 cannot take over what 0.1.1 left");
        answer.Said.ShouldContain("the store was written by a newer release");
        Current.ShouldBe("0.1.1");
    }

    [Fact]
    public void Without_systemd_it_says_so_and_restarts_nothing_only_when_told()
    {
        Directory.Delete(machine.Path("run/systemd/system"));
        var archive = machine.Archive("0.1.1", Program);

        Refused(machine.Command("upgrade", archive), "systemd does not run here: say --no-restart");
        machine.Command("upgrade", $"{archive} --no-restart").Exit.ShouldBe(0);

        Current.ShouldBe("0.1.1");
        machine.Called.ShouldNotContain("systemctl restart groupticketing");
    }

    [Fact]
    public void Restore_lays_aside_what_was_there()
    {
        var backup = machine.Path("backup");
        File.WriteAllText(backup, "");

        machine.Command("restore", backup).Exit.ShouldBe(0);

        File.Exists(machine.Path("var/lib/groupticketing/restored")).ShouldBeTrue();
        File.Exists(machine.Path("var/lib/groupticketing/groupticketing.db")).ShouldBeFalse();
        File.Exists(
                Path.Combine(
                    Directory.GetDirectories(machine.Path("var/lib"), "groupticketing.before-*").Single(),
                    "groupticketing.db"
                )
            )
            .ShouldBeTrue();
        machine
            .Called.Where(call => call.StartsWith("systemctl st", StringComparison.Ordinal))
            .ShouldBe(["systemctl stop groupticketing", "systemctl start groupticketing"]);
    }

    [Fact]
    public void A_backup_that_cannot_be_read_leaves_everything_as_it_was()
    {
        File.WriteAllText(machine.Path("damaged"), "");

        Refused(machine.Command("restore", machine.Path("damaged")), "nothing was restored");

        File.Exists(machine.Path("var/lib/groupticketing/groupticketing.db")).ShouldBeTrue();
        machine.Called[^1].ShouldBe("systemctl start groupticketing");
    }

    (int Exit, string Said) Upgrade(string version) => machine.Command("upgrade", machine.Archive(version, Program));

    void Upgraded(string version)
    {
        var (exit, said) = Upgrade(version);
        exit.ShouldBe(0, said);
        Current.ShouldBe(version);
    }

    void Refused((int Exit, string Said) answer, string why)
    {
        answer.Exit.ShouldBe(1, answer.Said);
        answer.Said.ShouldContain(why);
    }

    void Untouched()
    {
        Current.ShouldBe("0.1.0");
        Backups.ShouldBeEmpty();
        machine.Called.ShouldNotContain("systemctl restart groupticketing");
    }
}
