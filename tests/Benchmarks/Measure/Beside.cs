using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>
/// Another program that does the same job, measured in turn with ours. The command is given to the shell for each round,
/// with the number of tickets as <c>$TICKETS</c>; the last number on the last line it prints is its CPU in milliseconds
/// per ticket.
/// </summary>
sealed partial class Beside(string command)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<double> Round(int tickets)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true };
        start.Environment["TICKETS"] = tickets.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(Patience);
        var said = await process.StandardOutput.ReadToEndAsync(late.Token);
        await process.WaitForExitAsync(late.Token);
        var last = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return process.ExitCode == 0 && Number().Matches(last) is [.., var number]
            ? double.Parse(number.Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"exit {process.ExitCode}, and no number on the last line: {last}");
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
