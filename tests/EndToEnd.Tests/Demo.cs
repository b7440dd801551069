using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>The README's first command, as a new user runs it.</summary>
public sealed class Demo : IDisposable
{
    readonly string data = Directory.CreateTempSubdirectory("groupticketing-demo-").FullName;

    [Fact]
    public async Task The_demo_plays_its_round_trip_and_a_second_start_resumes()
    {
        var first = await Play("fr_FR.UTF-8");
        first.ShouldContain("le ticket du groupe est fermé", customMessage: first);
        first.ShouldContain("R-000002", customMessage: first);
        var second = await Play();
        second.ShouldContain("handed over by an earlier run already", customMessage: second);
        second.ShouldContain("R-000003", customMessage: second);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_leaves_nothing_behind_and_goes_on_at_the_next_start()
    {
        using (var killed = Process.Start(Command())!)
        {
            while (await killed.StandardOutput.ReadLineAsync() is { } line && !line.Contains("INSA Toulouse hands over"))
            {
                // Not there yet.
            }
            killed.Kill();
            await killed.WaitForExitAsync();
        }
        (await Play()).ShouldContain("the group's ticket is closed");
    }

    [Fact]
    public async Task Another_program_is_not_taken_for_the_simulator()
    {
        using var other = new TcpListener(IPAddress.Loopback, 5090);
        other.Start();
        var (exit, _, failed) = await End();
        (exit, failed.Trim()).ShouldBe(
            (1, "error: http://127.0.0.1:5090/ is in use: another program listens there, or this one is running already")
        );
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    ProcessStartInfo Command(string language = "C")
    {
        var start = ProductProgram.With("demo", "--once", "--data", data);
        start.Environment["LC_ALL"] = language;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }

    async Task<string> Play(string language = "C")
    {
        var (exit, said, failed) = await End(language);
        exit.ShouldBe(0, $"{said}\n{failed}");
        return said;
    }

    async Task<(int Exit, string Said, string Failed)> End(string language = "C")
    {
        using var process = Process.Start(Command(language))!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await said, await failed);
    }
}
