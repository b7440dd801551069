using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>The README's first command, as a new user runs it.</summary>
public sealed class Demo
{
    [Fact]
    public async Task The_demo_plays_its_round_trip_and_a_second_start_resumes()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("groupticketing-demo-").FullName;
        var first = await Play(data);
        first.ShouldContain("le ticket du groupe est fermé", customMessage: first);
        first.ShouldContain("R-000002", customMessage: first);
        var second = await Play(data);
        second.ShouldContain("déjà transmis", customMessage: second);
        second.ShouldContain("R-000003", customMessage: second);
        System.IO.Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_leaves_nothing_behind_and_goes_on_at_the_next_start()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("groupticketing-demo-").FullName;
        using (var killed = Process.Start(Command(data))!)
        {
            while (await killed.StandardOutput.ReadLineAsync() is { } line && !line.Contains("INSA Toulouse transmet"))
            {
                // Not there yet.
            }
            killed.Kill();
            await killed.WaitForExitAsync();
        }
        (await Play(data)).ShouldContain("le ticket du groupe est fermé");
        System.IO.Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Another_program_is_not_taken_for_the_simulator()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("groupticketing-demo-").FullName;
        using var other = new TcpListener(IPAddress.Loopback, 5090);
        other.Start();
        using var demo = Process.Start(Command(data))!;
        var failed = await demo.StandardError.ReadToEndAsync();
        await demo.WaitForExitAsync();
        (demo.ExitCode, failed.Trim()).ShouldBe((1, "error: http://127.0.0.1:5090/ is in use: another program listens there, or this one is running already"));
        System.IO.Directory.Delete(data, recursive: true);
    }

    static ProcessStartInfo Command(string data)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "GroupTicketing.dll"), "demo", "--once", "--data", data })
            start.ArgumentList.Add(argument);
        return start;
    }

    static async Task<string> Play(string data)
    {
        using var process = Process.Start(Command(data))!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.ShouldBe(0, $"{await said}\n{await failed}");
        return await said;
    }
}
