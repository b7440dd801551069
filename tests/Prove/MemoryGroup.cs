using System.Globalization;

namespace GroupTicketing.Prove;

/// <summary>A memory cgroup of the run's own (version 1 or 2). Needs root.</summary>
sealed class MemoryGroup : IDisposable
{
    const string First = "/sys/fs/cgroup/memory", Second = "/sys/fs/cgroup";

    readonly bool isFirst = Directory.Exists(First);

    MemoryGroup()
    {
        Folder = Path.Combine(isFirst ? First : Second, $"groupticketing-prove-{Environment.ProcessId}");
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    /// <summary>The most it held, pages of files among it.</summary>
    public long Most => Number(isFirst ? "memory.max_usage_in_bytes" : "memory.peak");

    /// <summary>How many processes were killed for want of memory.</summary>
    public long Killed =>
        File.ReadLines(Path.Combine(Folder, isFirst ? "memory.oom_control" : "memory.events"))
            .Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
            .FirstOrDefault();

    public static MemoryGroup Make(long bytes)
    {
        var group = new MemoryGroup();
        File.WriteAllText(
            Path.Combine(group.Folder, group.isFirst ? "memory.limit_in_bytes" : "memory.max"),
            bytes.ToString(CultureInfo.InvariantCulture)
        );
        return group;
    }

    /// <summary>Its processes have ended.</summary>
    public void Dispose() => Directory.Delete(Folder);

    long Number(string name) => long.Parse(File.ReadAllText(Path.Combine(Folder, name)).Trim(), CultureInfo.InvariantCulture);
}
