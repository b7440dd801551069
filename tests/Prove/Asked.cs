using System.Globalization;

namespace GroupTicketing.Prove;

/// <summary>The command line, read.</summary>
/// <param name="Wrong">What is wrong with it, in a line; null where nothing is.</param>
sealed record Asked(Proof? Proof, int? Tickets, int? Kills, int Seed, Mode Mode, string? Wrong = null)
{
    public static Asked Read(string[] args)
    {
        if (Proofs.All.FirstOrDefault(proof => proof.Name == args[0]) is not { } proof)
            return Not($"no proof {args[0]}; known are {string.Join(", ", Proofs.All.Select(known => known.Name))}");
        var asked = new Asked(proof, null, null, 1, proof.Only ?? Mode.Embedded);
        for (var at = 1; at < args.Length; at += 2)
        {
            if (at + 1 == args.Length)
                return Not($"{args[at]} needs a value");
            if (asked.With(args[at], args[at + 1]) is not { } more)
                return Not(
                    $"{args[at]} {args[at + 1]}: give --tickets N, --kills N, --seed N or --mode embedded|distributed, N "
                    + "a whole number from 1"
                );
            asked = more;
        }
        return proof.Only is { } only && only != asked.Mode
            ? Not($"{proof.Name} runs only {only.ToString().ToLowerInvariant()}")
            : asked;
    }

    Asked? With(string option, string value) => (option, Number(value), value) switch
    {
        ("--tickets", { } number, _) => this with { Tickets = number },
        ("--kills", { } number, _) => this with { Kills = number },
        ("--seed", { } number, _) => this with { Seed = number },
        ("--mode", _, "embedded") => this with { Mode = Mode.Embedded },
        ("--mode", _, "distributed") => this with { Mode = Mode.Distributed },
        _ => null,
    };

    static int? Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    static Asked Not(string wrong) => new(null, null, null, 1, Mode.Embedded, wrong);
}
