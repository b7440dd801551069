namespace GroupTicketing.Benchmarks.Measure;

/// <summary>
/// What the product costs, by name: <c>./measure.sh cpu</c>. Each line has its aim beside it. It runs embedded or,
/// where engines are named in the environment, each service a process of its own.
/// </summary>
static class Measures
{
    static readonly Dictionary<string, Func<int, Task>> known = new()
    {
        ["cpu"] = tickets => Cpu.Run(tickets, null),
        ["calls"] = Calls.Run,
        ["times"] = _ => Times.Run(),
        ["intake"] = _ => Rates.Intake(),
        ["drain"] = Rates.Drain,
        ["callbacks"] = Rates.Callbacks,
        ["memory"] = Memory.Run,
        ["stored"] = Memory.Stored,
        ["start"] = _ => Start.Run(),
    };

    /// <param name="args">Names, or none for all; <c>--tickets N</c> where a measure lets them be chosen;
    /// <c>--beside COMMAND</c> with <c>cpu</c>: another program that does the same job, see <see cref="Beside"/>.</param>
    public static async Task<int> Run(string[] args)
    {
        var rest = args.ToList();
        var tickets = Taken(rest, "--tickets") is not { } wanted ? 0
            : int.TryParse(wanted, out var chosen) && chosen >= 100 ? chosen
            : -1;
        var beside = Taken(rest, "--beside");
        if (rest.Except(known.Keys).Any() || tickets < 0 || (beside is not null && rest is not ["cpu"]))
        {
            await Console.Error.WriteLineAsync(
                $"usage: ./measure.sh [NAME]... [--mode embedded|distributed] [--tickets N, 100 or more]; "
                + $"names: {string.Join(", ", known.Keys)}; ./measure.sh cpu --beside COMMAND"
            );
            return 2;
        }
        if (beside is not null)
            await Cpu.Run(tickets, new Beside(beside));
        else
            foreach (var name in rest.Count == 0 ? [.. known.Keys] : rest)
                await known[name](tickets);
        return 0;
    }

    static string? Taken(List<string> args, string option)
    {
        if (args.IndexOf(option) is not (>= 0 and var at) || at + 1 == args.Count)
            return null;
        var value = args[at + 1];
        args.RemoveRange(at, 2);
        return value;
    }
}
