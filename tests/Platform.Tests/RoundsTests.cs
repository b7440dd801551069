using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>What is done again and again goes on whatever a round throws.</summary>
public sealed class RoundsTests : ILogger
{
    static readonly TimeSpan every = TimeSpan.FromMinutes(10);

    readonly FakeTimeProvider clock = new(Desk.Morning);
    readonly List<string> logged = [];
    readonly CancellationTokenSource stopping = new();
    int done;

    [Theory]
    [InlineData(null, 600)]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    public async Task The_first_one_begins_when_it_is_said_to_and_the_next_after_the_time_between_two(int? first, int seconds)
    {
        var running = Run(_ => Task.FromResult(++done), first is { } given ? TimeSpan.FromSeconds(given) : null);

        if (seconds > 0)
        {
            done.ShouldBe(0);
            await Pass(TimeSpan.FromSeconds(seconds));
        }
        await Desk.Until(() => done == 1);
        await Pass(every);
        await Desk.Until(() => done == 2);

        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        logged.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_fails_is_said_and_the_next_one_comes_all_the_same()
    {
        var faults = new Queue<Exception>([
            new StoreUnavailableException("the disk is full"),
            new OperationCanceledException(),
            new InvalidOperationException("Anne Durand’s ticket"),
        ]);
        _ = Run(_ => faults.TryDequeue(out var fault) ? Task.FromException(fault) : Task.FromResult(++done), TimeSpan.Zero);
        for (var rounds = 1; rounds <= 3; rounds++)
        {
            await Desk.Until(() => logged.Count == rounds);
            await Pass(every);
        }

        await Desk.Until(() => done == 1);
        await stopping.CancelAsync();
        logged
            .Select(line => line.Split(" in ")[0])
            .ShouldBe([
                "Warning: it failed: the disk is full; tried again",
                "Warning: it failed: OperationCanceledException",
                "Error: it failed: InvalidOperationException",
            ]);
        logged.ShouldAllBe(line => !line.Contains("Durand"));
    }

    [Fact]
    public async Task One_that_the_stop_cuts_is_no_failure()
    {
        var running = Run(ct => Task.Delay(Timeout.Infinite, ct), TimeSpan.Zero);

        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        logged.ShouldBeEmpty();
    }

    // Once it waits: a clock that is moved earlier would move nothing.
    async Task Pass(TimeSpan time)
    {
        await Task.Delay(20);
        clock.Advance(time);
    }

    Task Run(Func<CancellationToken, Task> round, TimeSpan? first) =>
        new Rounds(every, "it failed", clock, this) { First = first }.Run(round, stopping.Token);

    void ILogger.Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => logged.Add($"{logLevel}: {formatter(state, exception)}");

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}
