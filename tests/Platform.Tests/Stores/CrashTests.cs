using System.Collections.Concurrent;
using System.Diagnostics;

namespace GroupTicketing.Platform.Tests;

/// <summary>For real: a process that transacts is killed at any moment, ten times over, and what it was told is written
/// is there.</summary>
public sealed class CrashTests
{
    const string File = "GROUPTICKETING_CRASH_FILE";
    const int Kills = 10;
    const int Callers = 8;

    [Fact]
    public async Task Whatever_was_acknowledged_before_a_kill_is_in_the_store()
    {
        using var folder = new Folder();
        var file = folder.File("store.db");
        var acknowledged = new ConcurrentDictionary<string, int>();
        var moment = new Random(20260302);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var before = acknowledged.Values.Sum();
            await RunAndKill(file, TimeSpan.FromMilliseconds(moment.Next(5, 400)), acknowledged);
            acknowledged.Values.Sum().ShouldBeGreaterThan(before, "it was killed while it worked");
            await using var store = new SqliteStore(file);
            foreach (var (ticket, number) in acknowledged)
                await ShouldHold(store, ticket, number);
        }
    }

    /// <summary>The process that is killed: run by the test above, never by itself.</summary>
    [Fact(Explicit = true)]
    public async Task The_writer()
    {
        await using var store = new SqliteStore(Environment.GetEnvironmentVariable(File)!);
        var documents = Open(store);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Write(documents, $"t{caller}"))));
    }

    static async Task Write(Documents<Notes> documents, string ticket)
    {
        for (var number = (await Lines(documents, ticket)).Count + 1; ; number++)
        {
            await documents.Transact(ticket, new Word(ticket, $"{number}").At(number), CancellationToken.None);
            Console.WriteLine($"ack {ticket} {number}");
        }
    }

    static async Task ShouldHold(SqliteStore store, string ticket, int number)
    {
        var lines = await Lines(Open(store), ticket);
        lines.Count.ShouldBeGreaterThanOrEqualTo(number, ticket);
        lines.ShouldBe(Enumerable.Range(1, lines.Count).Select(one => $"{one}"), "and nothing is torn or doubled");
        var pending = (await store.AllPending($"speaker/{ticket}", 10, CancellationToken.None)).ShouldHaveSingleItem();
        pending.Count.ShouldBe(lines.Count, "what is pending is that of the state");
    }

    static async Task RunAndKill(string file, TimeSpan after, ConcurrentDictionary<string, int> acknowledged)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            Environment = { [File] = file },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(CrashTests).Assembly.Location);
        foreach (
            var argument in (string[])["-explicit", "only", "-method", $"{typeof(CrashTests).FullName}.{nameof(The_writer)}"]
        )
            start.ArgumentList.Add(argument);
        using var writer = System.Diagnostics.Process.Start(start)!;
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("ack ", StringComparison.Ordinal))
                continue;
            if (after > TimeSpan.Zero)
                _ = Task.Delay(after).ContinueWith(_ => writer.Kill(), TaskScheduler.Default);
            after = TimeSpan.Zero;
            // The kill may cut the last line in two.
            if (line.Split(' ') is [_, var ticket, var number])
                acknowledged.AddOrUpdate(ticket, int.Parse(number), (_, known) => Math.Max(known, int.Parse(number)));
        }
        await writer.WaitForExitAsync();
        writer.ExitCode.ShouldBe(137, "killed, not ended");
    }

    static Documents<Notes> Open(IStore store) =>
        new(Desk.Speaker(), store, new Words(), new WakeSignal(), new Waves(), TimeProvider.System);

    static async Task<IReadOnlyList<string>> Lines(Documents<Notes> documents, string ticket) =>
        (await documents.Read(ticket, CancellationToken.None))?.State.Lines ?? [];
}
