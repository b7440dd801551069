using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using GroupTicketing.Tests.Deploy;

namespace GroupTicketing.Services.Tests;

/// <summary>
/// Every command of docs/operate.md and its French version is typed here, in order, on a machine in a folder, around
/// the real program; what needs Docker, a proxy or a package is stood
/// in for, and must name services, units and files there are. tests/machine.sh types the first part on a real Debian.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class GuideTests : IDisposable
{
    const string English = "docs/operate.md", French = "docs/fr/exploiter.md";

    static readonly string[] units = ["groupticketing", "groupticketing-backup.timer", "nginx"];

    readonly FolderMachine machine = new();
    readonly int door = Ports.Free(), metrics = Ports.Free();
    string id = "";

    public void Dispose()
    {
        machine.Run("systemctl stop groupticketing");
        machine.Dispose();
    }

    [Theory]
    [InlineData(English)]
    [InlineData(French)]
    public void Nothing_stands_in_code_that_these_tests_do_not_know(string guide) => Guide.Unknown(guide).ShouldBeEmpty();

    [Fact]
    public void Both_guides_hold_the_same_commands_in_the_same_order() =>
        Guide.Commands(French).ShouldBe(Guide.Commands(English));

    [Fact]
    public void A_machine_is_installed_in_ten_steps()
    {
        foreach (var guide in (string[])[English, French])
            Regex
                .Match(
                    File.ReadAllText(Path.Combine(Demo.Root, guide)),
                    "^## Install.*?(?=^## Install)",
                    RegexOptions.Multiline | RegexOptions.Singleline
                )
                .Value.Split('\n')
                .Count(line => Regex.IsMatch(line, @"^\d+\. "))
                .ShouldBe(10);
    }

    [Fact]
    public void Every_command_does_what_it_says()
    {
        Prepare();
        var commands = Guide.Commands(English);
        commands.Count.ShouldBeGreaterThan(50);
        foreach (var command in commands)
        {
            if (command == "groupticketing check" && id.Length == 0)
                Adapt();
            Type(command);
        }

        machine.Link("opt/groupticketing/current").ShouldBe("0.3.0", "upgraded and rolled back");
        File.Exists(machine.Path("var/backups/groupticketing/by-hand")).ShouldBeTrue();
        foreach (var call in machine.Called.Where(call => call.StartsWith("systemctl ", StringComparison.Ordinal)))
            call.Split(' ').Skip(2).Where(word => word[0] != '-').Except(units).ShouldBeEmpty(call);
        var services = ServiceName()
            .Matches(File.ReadAllText(Path.Combine(Demo.Root, "docker-compose.yml")))
            .Select(match => match.Groups[1].Value)
            .ToList();
        foreach (var call in machine.Called.Where(call => call.StartsWith("docker-compose ", StringComparison.Ordinal)))
            ServicesOf(call).Except(services).ShouldBeEmpty(call);
    }

    // As it is typed, where people put in their own words: paths in the folder, ports that are free.
    void Type(string written)
    {
        var typed = written
            .Replace("FILE", machine.Path("var/backups/groupticketing/by-hand"))
            .Replace("SERVICE", "intake")
            .Replace("NAME", "essai")
            .Replace(" ID", $" {id}")
            .Replace("SERVICE/TICKET", "routing/00000000000080008000000000000001")
            .Replace("https://…", $"http://127.0.0.1:{door}")
            .Replace(" URL", $" http://127.0.0.1:{door}/")
            .Replace(":9464", $":{metrics}");
        typed = Absolute().Replace(typed, $"{machine.Root}$0");
        var until = DateTime.UtcNow.AddSeconds(30);
        (int Exit, string Said) answer;
        do
            answer = machine.Run(typed);
        while (written == "groupticketing status" && answer.Exit == 2 && DateTime.UtcNow < until);
        answer.Exit.ShouldBe(0, $"{typed}\n{answer.Said}");
        if (written.StartsWith("groupticketing keys new operator:", StringComparison.Ordinal))
            machine.Set("KEY", answer.Said.Trim());
        if (written == "groupticketing keys list")
            id = answer.Said.Split('\n').First(line => line.Contains("lyon")).Split(' ')[0];
        Expect(written, answer.Said);
    }

    static void Expect(string written, string said)
    {
        var (_, expected) = Expected.FirstOrDefault(one => written.StartsWith(one.Start, StringComparison.Ordinal));
        if (expected is not null)
            said.ShouldMatch(expected, written);
    }

    static readonly (string Start, string Says)[] Expected =
    [
        ("sha256sum", ": OK"),
        ("groupticketing-0", "is installed, not started"),
        ("groupticketing check", "2 briques, 1 schools: no error"),
        ("groupticketing status", "^GROUPTICKETING OK - "),
        ("groupticketing keys new", "^gt_"),
        ("groupticketing backup", "KiB"),
        ("groupticketing-upgrade", "0.3.1 runs"),
        ("groupticketing-rollback", "0.3.0 runs"),
        ("groupticketing-restore", "is restored"),
        ("curl -sS", "200|404"),
        ("curl -H", "^{.(waiting|pending|sides|posts|stopped).:"),
        ("curl -X POST", "status\":404|\"since\""),
        ("curl -G", "status\":404"),
        ("curl -s ", "groupticketing_working_hours"),
        ("df", "Mounted|Monté"),
        ("du", "groupticketing"),
    ];

    // What is there before the first step: the two files of each release, a checkout for the containers' part, and
    // programs that are not ours.
    void Prepare()
    {
        foreach (var version in (string[])["0.3.0", "0.3.1"])
            machine.Archive(version, ProductProgram.Exec);
        machine.RunsTheService();
        machine.Set("READY_WITHIN", "40");
        machine.Set("ITOP_URL", $"http://127.0.0.1:{door}");
        foreach (var other in (string[])["apt", "nginx", "journalctl", "docker-compose"])
            machine.StandIn(other, "");
        machine.StandIn("groupticketing", "exec \"$ROOT/opt/groupticketing/current/deploy/machine/groupticketing.sh\" \"$@\"");
        foreach (var ours in (string[])["upgrade", "rollback", "restore"])
            machine.StandIn(
                $"groupticketing-{ours}",
                $"exec \"$ROOT/opt/groupticketing/current/deploy/machine/{ours}.sh\" \"$@\""
            );
        Directory.CreateSymbolicLink(machine.Path("deploy"), Path.Combine(Demo.Root, "deploy"));
        File.Copy(Path.Combine(Demo.Root, ".env.example"), machine.Path(".env.example"));
        Directory.CreateDirectory(machine.Path("etc/nginx/sites-enabled"));
        Directory.CreateDirectory(machine.Path("var/lib/docker"));
    }

    // What the guide leaves to people, between its commands: addresses, a school's file, secrets.
    void Adapt()
    {
        id = "none yet";
        Edit("etc/groupticketing/groupticketing.env", text =>
            Absolute().Replace(text, $"{machine.Root}$0").Replace(":8080", $":{door}").Replace(":9464", $":{metrics}")
        );
        Edit("etc/groupticketing/directory/schools/lyon.yaml", text => text.Replace(", env:LYON_WEBHOOK_NEXT", ""));
        foreach (var secret in (string[])["lyon-rt", "lyon-read", "itop"])
            File.WriteAllText(machine.Path($"etc/groupticketing/secrets/{secret}"), "a-secret-of-this-test");
        File.Copy(
            machine.Path("etc/groupticketing/secrets/lyon-webhook"),
            machine.Path("etc/groupticketing/secrets/lyon-callback")
        );
    }

    void Edit(string file, Func<string, string> edit) =>
        File.WriteAllText(machine.Path(file), edit(File.ReadAllText(machine.Path(file))));

    static IEnumerable<string> ServicesOf(string call)
    {
        var words = call.Split(' ').Skip(1).ToList();
        var verb = words.FindIndex(word => word is "up" or "stop" or "logs" or "run" or "exec" or "build" or "ps");
        verb.ShouldBeGreaterThanOrEqualTo(0, call);
        var named = words.Skip(verb + 1).SkipWhile(word => word[0] == '-' && word != "--since").ToList();
        named = named is ["--since", _, ..] ? named[2..] : named;
        return words[verb] is "run" or "exec" ? named.Take(1) : named;
    }

    [GeneratedRegex(@"(?<![\w.:/…])/(etc|opt|var)(?=[/ ])")]
    private static partial Regex Absolute();

    [GeneratedRegex(@"^  ([a-z-]+):$", RegexOptions.Multiline)]
    private static partial Regex ServiceName();
}
