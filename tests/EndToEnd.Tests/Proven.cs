using System.Collections.Concurrent;
using GroupTicketing.Prove;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// A small form of each proof of ./prove.sh; the whole form is run by hand, and docs/reliability.md quotes it. Most of a proof is waiting for what iTop may still be doing, so several run at
/// once.
/// </summary>
public sealed class Proven(ITestOutputHelper output)
{
    const int AtOnce = 6;

    // With each service alone those that depend on it most.
    static readonly string[] apart = ["kills", "brokerloss"];

    static readonly Lazy<IReadOnlyDictionary<string, Task<(Verdict Verdict, bool Held, IEnumerable<string> Lines)>>> running = new(Begin);

    public static TheoryData<string> Small => [.. Names];

    static IEnumerable<string> Names => Proofs.All.Where(proof => proof.Small is not null && proof.RunsIn(Mode)).Select(proof => proof.Name).Where(name => Mode is Mode.Embedded || apart.Contains(name));

    static Mode Mode => Engines.OfThisRun() is null ? Mode.Embedded : Mode.Distributed;

    [Theory]
    [MemberData(nameof(Small))]
    public async Task Nothing_is_lost_duplicated_disordered_or_unexpected(string name)
    {
        var (verdict, held, lines) = await running.Value[name];
        foreach (var line in lines)
            output.WriteLine(line);

        verdict.Kept.ShouldBeTrue($"{verdict}\n{string.Join('\n', lines)}");
        held.ShouldBeTrue($"a bound did not hold\n{string.Join('\n', lines)}");
    }

    static IReadOnlyDictionary<string, Task<(Verdict, bool, IEnumerable<string>)>> Begin()
    {
        var turns = new SemaphoreSlim(AtOnce);
        return Names.ToDictionary(name => name, name => Task.Run(async () =>
        {
            await turns.WaitAsync();
            try
            {
                var lines = new ConcurrentQueue<string>();
                var (verdict, held) = await Proving.Small(Proofs.All.Single(proof => proof.Name == name), lines.Enqueue);
                return (verdict, held, lines.AsEnumerable());
            }
            finally
            {
                turns.Release();
            }
        }));
    }
}
