using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests;

/// <summary>How many of iTop's workers are held: what its web server says of a held write is not what its worker does.</summary>
public sealed class HeldWritesTests
{
    static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);

    readonly FakeTimeProvider clock = new(Demo.Now);
    readonly List<TaskCompletionSource<int>> writes = [];
    readonly Dictionary<TaskCompletionSource<int>, Task<int>> asked = [];
    readonly HeldWrites held;

    public HeldWritesTests() => held = new HeldWrites(clock);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Later_ones_wait_one_two_five_and_ten_minutes_whichever_ends_first_the_web_server_s_patience_or_ours(
        bool ours
    )
    {
        var (began, starts) = (clock.GetUtcNow(), new List<double>());
        while (clock.GetUtcNow() - began < TimeSpan.FromMinutes(20))
        {
            var minutes = (clock.GetUtcNow() - began).TotalMinutes;
            if (await Try(ours) is { } write)
            {
                starts.Add(minutes);
                await End(write, new ItopException(ItopFault.Failed, new Answer.TryAgain("HTTP 504")));
            }
            else
                clock.Advance(TimeSpan.FromSeconds(30));
        }

        // Each is on its way for half a minute before anybody gives up.
        starts.ShouldBe([0, 0.5, 1.5, 3, 7, 13.5, 17.5]);
    }

    [Fact]
    public async Task Once_one_is_answered_however_late_and_whatever_all_flow()
    {
        var (first, second) = ((await Try(ours: true))!, (await Try(ours: true))!);
        (await Try(ours: true)).ShouldBeNull("two are there");

        await End(first, new ItopException(ItopFault.Duplicate, new Answer.Refused("twin")));
        await End(second, null);

        foreach (var _ in Enumerable.Range(0, 3))
            await End((await Try(ours: false))!, null);
        writes.Count.ShouldBe(5);
    }

    /// <summary>A write that is not answered for half a minute; null: it was not begun.</summary>
    /// <param name="ours">Whether our deadline passes first, and the request goes on.</param>
    async Task<TaskCompletionSource<int>?> Try(bool ours)
    {
        var (before, waiting) = (writes.Count, held.Wait(Write, ours ? deadline : deadline * 2, default));
        if (writes.Count == before)
        {
            (await Should.ThrowAsync<ItopException>(() => waiting)).Fault.ShouldBe(ItopFault.Holding);
            return null;
        }
        clock.Advance(deadline);
        if (ours)
            (await Should.ThrowAsync<ItopException>(() => waiting)).Fault.ShouldBe(ItopFault.Broken);
        else
            asked[writes[^1]] = waiting;
        return writes[^1];
    }

    async Task End(TaskCompletionSource<int> write, Exception? fault)
    {
        if (fault is null)
            write.SetResult(1);
        else
            write.SetException(fault);
        if (asked.TryGetValue(write, out var waiting))
            await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    Task<int> Write(CancellationToken ct)
    {
        writes.Add(new TaskCompletionSource<int>());
        return writes[^1].Task;
    }
}
