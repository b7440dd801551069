using System.Diagnostics;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>The README's first command, as a new user runs it.</summary>
public sealed class Demo
{
    [Fact]
    public async Task The_demo_plays_its_round_trip_and_a_second_start_resumes()
    {
        var data = System.IO.Directory.CreateTempSubdirectory("groupticketing-demo-").FullName;
        var first = await Play(data);
        first.ShouldContain("le ticket du groupe est fermé");
        first.ShouldContain("R-000002");
        var second = await Play(data);
        second.ShouldContain("déjà transmis");
        second.ShouldContain("R-000003");
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
