namespace GroupTicketing.Prove.Fuzzing;

/// <summary>What the process holds while nothing is asked of it.</summary>
/// <param name="Handles">Files and sockets.</param>
/// <param name="Bytes">In its heap, after full collections; not asked of the small form, as it takes minutes.</param>
/// <param name="Left">Bodies of requests that still lie in files.</param>
sealed record Held(int Handles, int Threads, long Bytes, int Left)
{
    const int MoreHandles = 50;
    const int MoreThreads = 20;
    const double MoreBytes = 0.05;

    /// <param name="small">Of the small form.</param>
    /// <param name="before">Waits a minute at most for it to come down to that.</param>
    public static async Task<Held> By(Machines machines, Uri metrics, bool small, Held? before = null)
    {
        var process = machines.ProductIds.First();
        for (var waited = 0; waited < 60 && before is not null && (Proc.Handles(process) > before.Handles || Proc.Threads(process) > before.Threads); waited++)
            await Task.Delay(1_000);
        var bytes = small ? 0 : await LiveBytes.Of(process, machines.Http, metrics);
        var incoming = new DirectoryInfo(Path.Combine(Path.GetDirectoryName(machines.StoreFile)!, "incoming"));
        return new Held(Proc.Handles(process), Proc.Threads(process), bytes, incoming.Exists ? incoming.GetFiles().Length : 0);
    }

    public void Judge(ProofRun run, Held before)
    {
        run.Bound("handles", $"{before.Handles} and {MoreHandles} at most", $"{Handles}", Handles <= before.Handles + MoreHandles);
        run.Bound("threads", $"{before.Threads} and {MoreThreads} at most", $"{Threads}", Threads <= before.Threads + MoreThreads);
        run.Bound("bodies left in files", "0", $"{Left}", Left == 0);
        if (!run.Small)
            run.Bound("live bytes after full collections", $"{before.Bytes / 1024} KiB and 5 %", $"{Bytes / 1024} KiB", Bytes <= before.Bytes * (1 + MoreBytes));
    }
}
