using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>How many of a target's workers are held: what its web server says of a held call is not what its worker
/// does.</summary>
public sealed class HeldCallsTests
{
    static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);

    readonly FakeTimeProvider clock = new(Desk.Morning);
    readonly List<TaskCompletionSource<int>> calls = [];
    readonly Dictionary<TaskCompletionSource<int>, Task<int>> asked = [];
    readonly HeldCalls held;

    public HeldCallsTests() => held = new HeldCalls(fault => fault.Message == "HTTP 504", clock);

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
            if (await Try(ours) is { } call)
            {
                starts.Add(minutes);
                await End(call, "HTTP 504");
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

        await End(first, "there is one already");
        await End(second, null);

        foreach (var _ in Enumerable.Range(0, 3))
            await End((await Try(ours: false))!, null);
        calls.Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_error_that_is_answered_at_once_leaves_no_worker()
    {
        for (var calls = 0; calls < 3; calls++)
            await Should.ThrowAsync<InvalidOperationException>(() => held.Wait(Fail, deadline, default));

        static Task<int> Fail(CancellationToken ct) => Task.FromException<int>(new InvalidOperationException("HTTP 504"));
    }

    [Fact]
    public async Task One_is_held_for_a_quarter_of_an_hour_at_most_and_its_worker_stays()
    {
        var ends = 0;
        for (var begun = 0; begun < Holding.Most; begun++)
        {
            var waiting = held.Wait(Endless, deadline, default);
            clock.Advance(deadline);
            await Should.ThrowAsync<TimeoutException>(() => waiting);
        }

        clock.Advance(TimeSpan.FromMinutes(15));
        await Desk.Until(() => ends == Holding.Most);
        await Should.ThrowAsync<HoldingException>(() => held.Wait(Endless, deadline, default));

        async Task<int> Endless(CancellationToken ct)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
            finally
            {
                ends++;
            }
            return 0;
        }
    }

    /// <summary>A call that is not answered for half a minute; null: it was not begun.</summary>
    /// <param name="ours">Whether our deadline passes first, and the call goes on.</param>
    async Task<TaskCompletionSource<int>?> Try(bool ours)
    {
        var (before, waiting) = (calls.Count, held.Wait(Call, ours ? deadline : deadline * 2, default));
        if (calls.Count == before)
        {
            await Should.ThrowAsync<HoldingException>(() => waiting);
            return null;
        }
        clock.Advance(deadline);
        if (ours)
            await Should.ThrowAsync<TimeoutException>(() => waiting);
        else
            asked[calls[^1]] = waiting;
        return calls[^1];
    }

    async Task End(TaskCompletionSource<int> call, string? fault)
    {
        if (fault is null)
            call.SetResult(1);
        else
            call.SetException(new InvalidOperationException(fault));
        if (asked.TryGetValue(call, out var waiting))
            await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    Task<int> Call(CancellationToken ct)
    {
        calls.Add(new TaskCompletionSource<int>());
        return calls[^1].Task;
    }
}
