using System.Diagnostics;

namespace GroupTicketing.Prove.Of;

/// <summary>Somebody else who reads iTop once a second.</summary>
sealed class ReadsMeanwhile : IDisposable
{
    readonly CancellationTokenSource leaves = new();
    readonly Task<TimeSpan> reading;

    public ReadsMeanwhile(Machines machines) => reading = Read(machines, leaves.Token);

    /// <summary>How long the slowest of their reads took; they read no more.</summary>
    public async Task<TimeSpan> Slowest()
    {
        await leaves.CancelAsync();
        return await reading;
    }

    static async Task<TimeSpan> Read(Machines machines, CancellationToken leaves)
    {
        var slowest = TimeSpan.Zero;
        while (!leaves.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await machines.InItop(
                new()
                {
                    ["operation"] = "core/get",
                    ["class"] = "UserRequest",
                    ["key"] = "SELECT UserRequest",
                    ["output_fields"] = "ref",
                }
            );
            slowest = Stopwatch.GetElapsedTime(began) is var took && took > slowest ? took : slowest;
            await Task.Delay(TimeSpan.FromSeconds(1), leaves).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return slowest;
    }

    public void Dispose() => leaves.Dispose();
}
