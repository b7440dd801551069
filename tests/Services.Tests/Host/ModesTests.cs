using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using GroupTicketing.Platform;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary>What the program writes is its account's alone, however the machine is set and whatever an older release
/// left.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ModesTests : IDisposable
{
    const UnixFileMode Anybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;
    const UnixFileMode AnybodyEnters = Anybody | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    static readonly CancellationToken ct = CancellationToken.None;

    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;

    string Data => Path.Combine(folder, "data");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_running_process_keeps_its_data_to_itself(bool isOld)
    {
        if (isOld)
            await Given();
        var url = Ports.FreeAddress();
        string[] first =
            !isOld && (await Run("run", "--help")).Said.Contains("--first", StringComparison.Ordinal) ? ["--first"] : [];
        using var process = Loosely([
            "run",
            .. first,
            "--data",
            Data,
            "--insecure-demo",
            "--directory",
            Demo.Folder,
            "--urls",
            $"{url}".TrimEnd('/'),
        ]);
        try
        {
            using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
            await Door.Until(() => Ready(http), "it is ready");

            Seen().ShouldContain("600 groupticketing.db-wal");
            Seen().ShouldAllBe(seen => IsOurs(seen));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(ct);
        }
    }

    [Fact]
    public async Task A_backup_and_what_comes_back_from_one_are_its_accounts_alone()
    {
        await Given();
        foreach (var file in Directory.GetFiles(Data, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, Anybody);
        var (archive, back) = (Path.Combine(folder, "backup"), Path.Combine(folder, "back"));

        foreach (var arguments in (string[][])[["backup", archive, "--data", Data], ["restore", archive, "--data", back]])
        {
            using var process = Loosely(arguments);
            await process.WaitForExitAsync(ct);
            process.ExitCode.ShouldBe(0);
        }

        Mode(archive).ShouldBe("600");
        Seen(back).Count.ShouldBe(5, "the folder, the store, the files, a ticket's and one in it");
        Seen(back).ShouldAllBe(seen => IsOurs(seen));
    }

    // A store and a file, open to anybody.
    async Task Given()
    {
        await using (new SqliteStore(PlatformSetup.StoreFile(Data)))
            await new FolderFiles(PlatformSetup.FilesFolder(Data)).Put("t1", new byte[] { 1 }, ct);
        File.SetUnixFileMode(PlatformSetup.StoreFile(Data), Anybody);
        File.SetUnixFileMode(PlatformSetup.FilesFolder(Data), AnybodyEnters);
        File.SetUnixFileMode(Data, AnybodyEnters);
        // What lies in it nobody else reaches.
        if (Directory.GetDirectories(PlatformSetup.FilesFolder(Data)) is [var ticket])
            Close(ticket);
    }

    static void Close(string ticket)
    {
        File.SetUnixFileMode(ticket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(ticket))
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    IReadOnlyList<string> Seen(string? under = null) =>
        [
            $"{Mode(under ?? Data)} .",
            .. Directory.GetFileSystemEntries(under ?? Data, "*", SearchOption.AllDirectories)
                .Select(path => $"{Mode(path)} {Path.GetRelativePath(under ?? Data, path)}"),
        ];

    static bool IsOurs(string seen) =>
        seen.StartsWith("600 ", StringComparison.Ordinal) || seen.StartsWith("700 ", StringComparison.Ordinal);

    static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    static async Task<string?> Ready(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/readyz", ct)).StatusCode is HttpStatusCode.OK ? "ready" : null;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return null;
        }
    }

    // On a machine that lets everybody read what is made.
    static Process Loosely(string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "umask 000\n" + ProductProgram.Exec, "sh", .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string)>)
                [("Url", "http://127.0.0.1:9/"), ("User", "connecteur"), ("Password", "x")]
        )
            start.Environment[$"GROUPTICKETING__Itop__{name}"] = value;
        foreach (var (name, value) in Demo.Outside)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
