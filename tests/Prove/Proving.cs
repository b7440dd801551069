using System.Diagnostics;

namespace GroupTicketing.Prove;

/// <summary>Runs one proof by its name and says the verdict.</summary>
public static class Proving
{
    /// <summary>The console's way.</summary>
    /// <returns>0: everything kept; 1: not; 2: bad arguments.</returns>
    public static async Task<int> Named(string[] args)
    {
        if (args.Length == 0)
        {
            Console.WriteLine("usage: ./prove.sh NAME [--tickets N] [--kills N] [--seed N] [--mode embedded|distributed]");
            foreach (var known in Proofs.All)
                Console.WriteLine($"  {known.Name,-10} {known.Says}");
            return 0;
        }
        if (Asked.Read(args) is not { Proof: { } proof } asked)
        {
            Console.Error.WriteLine(Asked.Read(args).Wrong);
            return 2;
        }
        return await Run(proof, asked, Console.WriteLine);
    }

    static async Task<int> Run(Proof proof, Asked asked, Action<string> say)
    {
        var began = Stopwatch.GetTimestamp();
        await using var engines = asked.Mode is Mode.Distributed ? await OwnEngines.Start() : null;
        var run = new ProofRun(
            asked.Tickets ?? proof.Tickets,
            asked.Kills ?? proof.Kills,
            asked.Seed,
            asked.Mode,
            Small: false,
            say
        )
        {
            Engines = engines,
        };
        say(
            $"{proof.Name}: {run.Tickets} tickets{(run.Kills > 0 ? $", {run.Kills} faults" : "")}, "
            + $"seed {run.Seed}, {run.Mode.ToString().ToLowerInvariant()}"
        );
        var verdict = await Tried(proof, run);
        say($"took {Stopwatch.GetElapsedTime(began):h\\:mm\\:ss}; created though no answer was ever read: {verdict.Recovered}");
        say($"{verdict}");
        return verdict.Kept && run.Held ? 0 : 1;
    }

    /// <summary>The suite's way: embedded or on the engines the environment names, small, each fault's line in the
    /// test's output.</summary>
    public static async Task<(Verdict Verdict, bool Held)> Small(Proof proof, Action<string> say)
    {
        var (tickets, kills) = proof.Small!.Value;
        var run = new ProofRun(
            tickets,
            kills,
            20_261_124,
            Engines.OfThisRun() is null ? Mode.Embedded : Mode.Distributed,
            Small: true,
            say
        );
        var began = Stopwatch.GetTimestamp();
        var verdict = await Tried(proof, run);
        say($"took {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        say($"{verdict}");
        return (verdict, run.Held);
    }

    static async Task<Verdict> Tried(Proof proof, ProofRun run)
    {
        try
        {
            return await proof.Run(run);
        }
        catch (Exception exception)
        {
            // Nothing was compared: everything counts as lost.
            run.Bound("the proof came to its end", "yes", $"{exception.GetType().Name}: {exception.Message}", false);
            foreach (var line in run.Warnings)
                run.Say($"     {line}");
            return new Verdict(run.Tickets, 0, 0, 0, run.Tickets);
        }
    }
}
