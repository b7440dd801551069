using System.Collections.Concurrent;
using System.Net;
using GroupTicketing.Platform;
using GroupTicketing.Portal;
using GroupTicketing.Portal.Adapters;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Services.Tests;

/// <summary>Having all said again takes as long as it takes: whoever asks is not kept waiting for it.</summary>
[Collection(Measured.Alone)]
public sealed class SaySoonTests
{
    [Fact]
    public async Task What_is_asked_while_it_is_said_is_one_more_round_from_the_earliest_time_on()
    {
        var bus = new SlowBus();
        using var soon = new SaySoon(bus, NullLogger<SaySoon>.Instance);
        await soon.StartAsync(default);

        soon.Ask(Demo.Now);
        await bus.Begun.WaitAsync(TimeSpan.FromSeconds(10));
        foreach (var days in (int[])[-1, -3, -2])
            soon.Ask(Demo.Now.AddDays(days));
        bus.Go.SetResult();
        await bus.Begun.WaitAsync(TimeSpan.FromSeconds(10));

        bus.Said.ShouldBe([new SayAgain(Demo.Now), new SayAgain(Demo.Now.AddDays(-3))]);
        await soon.StopAsync(default);
    }

    [Fact]
    public async Task It_is_answered_and_then_done()
    {
        await using var door = await Door.Open(["routing", "portal"]);
        using var measured = new Measured();

        (
            await door.Send("/v1/say-again", """{"since":"2000-01-01T00:00:00Z"}""", await door.Key("operator"))
        ).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        for (var waited = 0; waited < 100 && measured.Recorded("groupticketing.said.again").Count == 0; waited++)
            await Task.Delay(100);
        measured.Recorded("groupticketing.said.again").ShouldNotBeEmpty();
    }

    sealed class SlowBus : IBus
    {
        public ConcurrentQueue<object> Said { get; } = [];

        public SemaphoreSlim Begun { get; } = new(0);

        public TaskCompletionSource Go { get; } = new();

        public bool IsEmbedded => true;

        public Task Publish(object message, CancellationToken ct)
        {
            Said.Enqueue(message);
            Begun.Release();
            return Go.Task;
        }
    }
}
