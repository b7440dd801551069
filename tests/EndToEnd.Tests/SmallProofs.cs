using System.Collections.Concurrent;
using GroupTicketing.Prove;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>Most of a proof is waiting for what iTop may still be doing, so several run at once, from the first that is
/// asked for.</summary>
sealed class SmallProofs
{
    const int AtOnce = 6;

    readonly SemaphoreSlim turns = new(AtOnce);
    readonly Lazy<IReadOnlyDictionary<string, Task<(Verdict Verdict, bool Held, IEnumerable<string> Lines)>>> running;

    public SmallProofs(IEnumerable<Proof> proofs)
    {
        IReadOnlyList<Proof> all = [.. proofs];
        Names = [.. all.Select(proof => proof.Name)];
        running = new(() => all.ToDictionary(proof => proof.Name, proof => Task.Run(() => InTurn(proof))));
    }

    public IReadOnlyList<string> Names { get; }

    public async Task Hold(string name, ITestOutputHelper output)
    {
        var (verdict, held, lines) = await running.Value[name];
        foreach (var line in lines)
            output.WriteLine(line);

        verdict.Kept.ShouldBeTrue($"{verdict}\n{string.Join('\n', lines)}");
        held.ShouldBeTrue($"a bound did not hold\n{string.Join('\n', lines)}");
    }

    async Task<(Verdict, bool, IEnumerable<string>)> InTurn(Proof proof)
    {
        await turns.WaitAsync();
        try
        {
            var lines = new ConcurrentQueue<string>();
            var (verdict, held) = await Proving.Small(proof, lines.Enqueue);
            return (verdict, held, lines);
        }
        finally
        {
            turns.Release();
        }
    }
}
