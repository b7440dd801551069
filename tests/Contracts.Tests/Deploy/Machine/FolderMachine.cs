using System.Diagnostics;
using System.Runtime.Versioning;

namespace GroupTicketing.Tests.Deploy;

/// <summary>
/// A machine in a folder (ROOT of the scripts in deploy/machine): what only a real one has is stood in for by programs
/// that note how they were called. tests/machine.sh tries the same on a real one.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class FolderMachine : IDisposable
{
    static readonly string tree = Above(AppContext.BaseDirectory);

    const string Service = """
        service="$ROOT/run/service"
        ends() {
            [ ! -e "$service" ] || {
                kill "$(cat "$service")"
                while kill -0 "$(cat "$service")" 2>/dev/null; do sleep 0.1; done
                rm "$service"
            }
        }
        starts() {
            set -a; . "$ROOT/etc/groupticketing/groupticketing.env"; set +a
            setsid "$ROOT/opt/groupticketing/current/bin/GroupTicketing" run >"$ROOT/log" 2>&1 </dev/null &
            echo $! >"$service"
        }
        case "$1 $2" in
          "start groupticketing" | "enable --now") starts ;;
          "stop groupticketing") ends ;;
          "restart groupticketing") ends; starts ;;
        esac
        """;

    readonly Dictionary<string, string> variables = new() { ["READY_WITHIN"] = "2", ["LC_ALL"] = "C" };

    public FolderMachine()
    {
        foreach (var name in (string[])["useradd", "getent", "chown", "systemctl"])
            StandIn(name, "");
        // As on a machine where the user is there: runuser -u groupticketing -- PROGRAM...
        StandIn("runuser", "shift 3; exec \"$@\"");
        Directory.CreateDirectory(Path("run/systemd/system"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("machine-").FullName;

    /// <summary>How the stand-ins were called, in order.</summary>
    public IReadOnlyList<string> Called => File.Exists(Path("called")) ? File.ReadAllLines(Path("called")) : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string Path(string inside) => System.IO.Path.Combine(Root, inside);

    /// <summary>Where a link leads, or null.</summary>
    public string? Link(string inside) => new FileInfo(Path(inside)).LinkTarget;

    /// <summary>A program that is found before the machine's own; it is noted, then does this.</summary>
    public void StandIn(string name, string does) =>
        Script(Path($"stand-ins/{name}"), $"echo \"{name} $*\" >> {Path("called")}\n{does}\n");

    /// <summary>From now on systemctl starts and ends the program, under the settings of the service.</summary>
    public void RunsTheService() => StandIn("systemctl", Service);

    public void Set(string variable, string value) => variables[variable] = value;

    /// <summary>An archive and its sum, as deploy/release.sh lays them out, around this program.</summary>
    public string Archive(string version, string program)
    {
        var (folder, archive) = (Path($"made/groupticketing-{version}"), Path($"groupticketing-{version}-linux-x64.tar.gz"));
        foreach (var part in (string[])["deploy/machine", "deploy/systemd", "deploy/proxy", "deploy/pilot"])
            Folders.Copy(System.IO.Path.Combine(tree, part), System.IO.Path.Combine(folder, part));
        File.WriteAllText(System.IO.Path.Combine(folder, "VERSION"), version + "\n");
        File.Move(
            System.IO.Path.Combine(folder, "deploy/machine/install.sh"),
            System.IO.Path.Combine(folder, "install.sh"),
            overwrite: true
        );
        Script(System.IO.Path.Combine(folder, "bin/GroupTicketing"), program);
        Run(
            $"cd {Root} && tar -C made -czf {archive} groupticketing-{version} && sha256sum "
            + $"groupticketing-{version}-linux-x64.tar.gz > {archive}.sha256"
        )
            .Exit.ShouldBe(0);
        return archive;
    }

    /// <summary>Unpacks that archive and calls its installer.</summary>
    public (int Exit, string Said) Install(string archive) =>
        Run(
            $"cd {Root} && tar -xzf {archive} && "
            + $"{System.IO.Path.GetFileName(archive).Replace("-linux-x64.tar.gz", "")}/install.sh"
        );

    /// <summary>A command of the machine, by the name its administrator types.</summary>
    public (int Exit, string Said) Command(string command, string arguments = "") =>
        Run($"{Path($"opt/groupticketing/current/deploy/machine/{command}.sh")} {arguments}");

    public (int Exit, string Said) Run(string command)
    {
        var start = new ProcessStartInfo("bash", ["-uc", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        start.Environment["ROOT"] = Root;
        start.Environment["PATH"] = $"{Path("stand-ins")}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit(TimeSpan.FromMinutes(2)).ShouldBeTrue(command);
        return (process.ExitCode, output.Result + error.Result);
    }

    static void Script(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.StartsWith("#!", StringComparison.Ordinal) ? text : "#!/bin/bash\n" + text);
        File.SetUnixFileMode(
            file,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute
        );
    }

    static string Above(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "GroupTicketing.sln"))
            ? folder
            : Above(Directory.GetParent(folder)!.FullName);
}
