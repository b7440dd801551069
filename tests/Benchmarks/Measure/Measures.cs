namespace GroupTicketing.Benchmarks.Measure;

/// <summary>
/// What the product costs, by name: <c>./measure.sh cpu</c>. Each line has its aim beside it. It runs embedded or,
/// where engines are named in the environment, each service a process of its own.
/// </summary>
static class Measures
{
    static readonly Dictionary<string, Func<int, Task>> known = new()
    {
        ["cpu"] = Cpu.Run,
        ["calls"] = Calls.Run,
        ["times"] = _ => Times.Run(),
        ["intake"] = _ => Rates.Intake(),
        ["drain"] = Rates.Drain,
        ["callbacks"] = Rates.Callbacks,
        ["memory"] = Memory.Run,
        ["stored"] = Memory.Stored,
        ["start"] = _ => Start.Run(),
    };

    /// <param name="args">Names, or none for all; <c>--tickets N</c> where a measure lets them be chosen.</param>
    public static async Task<int> Run(string[] args)
    {
        var at = Array.IndexOf(args, "--tickets");
        var tickets = at >= 0 && at + 1 < args.Length && int.TryParse(args[at + 1], out var chosen) && chosen >= 100 ? chosen : 0;
        var names = at < 0 ? args : [.. args[..at], .. args[Math.Min(args.Length, at + 2)..]];
        if (names.Except(known.Keys).ToList() is { Count: > 0 } strange || (at >= 0 && tickets == 0))
        {
            await System.Console.Error.WriteLineAsync(
                $"usage: ./measure.sh [NAME]... [--mode embedded|distributed] [--tickets N, 100 or more]; "
                + $"names: {string.Join(", ", known.Keys)}"
            );
            return 2;
        }
        foreach (var name in names.Length == 0 ? [.. known.Keys] : names)
            await known[name](tickets);
        return 0;
    }
}
