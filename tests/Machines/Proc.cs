using System.Globalization;

namespace GroupTicketing.Tests;

/// <summary>What the kernel accounts to a process.</summary>
public static class Proc
{
    const long TicksPerSecond = 100;

    /// <summary>User and system time of a process.</summary>
    public static long CpuMs(int pid) => CpuMs($"{pid}");

    /// <summary>User and system time of the thread that asks.</summary>
    public static long ThreadCpuMs() => CpuMs("thread-self");

    static long CpuMs(string whose)
    {
        var stat = File.ReadAllText($"/proc/{whose}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))
            * 1_000
            / TicksPerSecond;
    }

    /// <summary>Files, sockets and whatever else it has open.</summary>
    public static int Handles(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    public static int Threads(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/task").Length;

    /// <summary>Every page it has in memory.</summary>
    public static int ResidentMiB(int pid) => MiB(pid, "Rss:");

    /// <summary>The pages that it alone has, and its part of each that several have: a library's, read from one file.</summary>
    public static int ShareMiB(int pid) => MiB(pid, "Pss:");

    static int MiB(int pid, string field)
    {
        var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(one => one.StartsWith(field, StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
