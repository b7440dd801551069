using System.Diagnostics;

namespace GroupTicketing.Services.Tests;

/// <summary>The program, called as a person calls it.</summary>
static class CommandLine
{
    /// <summary>A machine that speaks French.</summary>
    public static IReadOnlyDictionary<string, string> French { get; } =
        new Dictionary<string, string> { ["LC_ALL"] = "fr_FR.UTF-8" };

    public static Task<(int Exit, string Said)> Run(params string[] arguments) =>
        Run(new Dictionary<string, string>(), arguments);

    /// <summary>With these settings in the environment.</summary>
    /// <param name="folder">Where it is called; by default one without a file of settings.</param>
    public static async Task<(int Exit, string Said)> Run(
        IReadOnlyDictionary<string, string> settings,
        string[] arguments,
        string? folder = null
    )
    {
        var start = ProductProgram.With(arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.WorkingDirectory = folder ?? Path.GetTempPath();
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
