using System.Diagnostics;

namespace GroupTicketing.Tests;

/// <summary>The product's program: the one that was published, whose path <c>GROUPTICKETING_TESTS_PROGRAM</c> names, or
/// else the one that was built beside the tests.</summary>
static class ProductProgram
{
    public static string File { get; } =
        Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_PROGRAM")
        ?? Path.Combine(AppContext.BaseDirectory, "GroupTicketing.dll");

    /// <summary>It, with these arguments.</summary>
    public static ProcessStartInfo With(params IEnumerable<string> arguments) => Run(File, arguments);

    /// <summary>
    /// A program with these arguments, which speaks English on any machine: what was built runs on the machine's .NET, what was
    /// published brings its own.
    /// </summary>
    public static ProcessStartInfo Run(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = IsBuilt(program) ? new("dotnet", [program, .. arguments]) : new(program, arguments);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>A shell's last line that becomes it, with the shell's arguments.</summary>
    public static string Exec => $"exec {(IsBuilt(File) ? "dotnet " : "")}{File} \"$@\"\n";

    static bool IsBuilt(string program) => program.EndsWith(".dll", StringComparison.Ordinal);
}
