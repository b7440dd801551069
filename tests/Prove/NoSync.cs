using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GroupTicketing.Prove;

/// <summary>Every fsync and fdatasync of a process answers EIO, by strace. Needs root.</summary>
sealed partial class NoSync
{
    const int InterruptSignal = 2;

    readonly Process strace;

    NoSync(Process strace) => this.strace = strace;

    public static async Task<NoSync> Of(int process)
    {
        var start = new ProcessStartInfo(
            "strace",
            ["-f", "-qq", "-p", $"{process}", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"]
        )
        {
            RedirectStandardError = true,
        };
        var strace = Process.Start(start)!;
        strace.ErrorDataReceived += (_, _) => { };
        strace.BeginErrorReadLine();
        // It attaches to one thread after the other.
        await Task.Delay(TimeSpan.FromSeconds(2));
        return strace.HasExited ? throw new InvalidOperationException("strace could not attach") : new NoSync(strace);
    }

    /// <summary>It lets go of the process.</summary>
    public async Task Ends()
    {
        Signal(strace.Id, InterruptSignal);
        await strace.WaitForExitAsync();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
