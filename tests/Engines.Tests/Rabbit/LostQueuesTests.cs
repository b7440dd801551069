using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace GroupTicketing.Engines.Tests;

/// <summary>A queue that lost what the broker had confirmed: the speaker says its streams' last messages again, and
/// what is missing is asked for.</summary>
public sealed class LostQueuesTests : IAsyncLifetime
{
    const string Queue = "hear-greetings";

    readonly string data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    BusOptions options = null!;

    public async ValueTask InitializeAsync() => options = await (await RabbitEngine.Running()).Fresh();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_deleted_queue_held_is_heard_all_the_same(bool declaredAgainByAnother)
    {
        using var speaker = await Open("speaker");
        await Say(speaker, "t1", "one", "two", "three");
        await Say(speaker, "t2", "alone");
        await Until(async () => (await Pending(speaker)).Count == 0, "the broker has confirmed all of it");

        await Raw(channel => channel.QueueDeleteAsync(Queue));
        // Who declares it finds it there; only its mark is gone.
        if (declaredAgainByAnother)
            await Raw(Declare);
        using var listener = await Open("listener");

        await Until(
            async () => await Lines(listener, "t1") is ["one", "two", "three"] && await Lines(listener, "t2") is ["alone"],
            "nothing is missing",
            60
        );
        await Say(speaker, "t1", "four");
        await Until(async () => await Lines(listener, "t1") is ["one", "two", "three", "four"], "and it goes on");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("before", false)]
    [InlineData("while", true)]
    [InlineData("after", true)]
    public async Task A_queue_that_takes_anothers_place_is_not_known(string? replaced, bool isUnknown)
    {
        await using var connection = await Connect();
        var marks = new QueueMarks(connection);
        await Raw(Declare);
        (await marks.Unmarked("speaker", [Queue], default)).ShouldBe([Queue]);
        if (replaced == "before")
            await Replace();
        await marks.Begin("speaker", Queue, default);
        if (replaced == "while")
            await Replace();
        await marks.End("speaker", Queue, default);
        if (replaced == "after")
            await Replace();

        (await marks.Unmarked("speaker", [Queue], default)).Count.ShouldBe(isUnknown ? 1 : 0);

        await marks.Begin("speaker", Queue, default);
        (await marks.Unmarked("speaker", [Queue], default)).ShouldBe([Queue], "whoever is killed here has said nothing yet");
        await marks.End("speaker", Queue, default);
        (await marks.Unmarked("speaker", [Queue], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_has_all_said_again()
    {
        using var speaker = await Open("speaker");
        await Say(speaker, "t1", "one", "two");
        await Until(async () => (await Pending(speaker)).Count == 0, "the broker has confirmed all of it");
        await Raw(channel => channel.QueuePurgeAsync(Queue));
        using var listener = await Open("listener");

        await listener.Services.GetRequiredService<IBus>().Publish(new SayAgain(DateTimeOffset.UtcNow.AddMinutes(-5)), default);

        await Until(async () => await Lines(listener, "t1") is ["one", "two"], "nothing is missing", 60);
    }

    [Fact]
    public async Task A_look_at_a_queue_is_no_message()
    {
        using var listener = await Open("listener");
        using var speaker = await Open("speaker");
        await Task.Delay(TimeSpan.FromSeconds(12));

        (await Counted($"{Queue}_error")).ShouldBe(0u);
        (await Counted(Queue)).ShouldBe(0u);
    }

    [Fact]
    public async Task A_full_queue_takes_no_more_and_nothing_is_lost()
    {
        var engine = await RabbitEngine.Running();
        using var speaker = await Open("speaker");
        await engine.Limit(options, Queue, messages: 5);
        string[] all = [.. Enumerable.Range(1, 30).Select(number => $"{number}")];

        await Say(speaker, "t1", all);
        await Task.Delay(TimeSpan.FromSeconds(5));
        (await Pending(speaker)).ShouldNotBeEmpty("what does not go in is still pending");
        (await Counted(Queue)).ShouldBeLessThan(12u);

        using var listener = await Open("listener");
        await Until(async () => (await Lines(listener, "t1")).SequenceEqual(all), "all of it, in order", 90);
        await Until(async () => (await Pending(speaker)).Count == 0, "and nothing is pending", 90);
    }

    [Fact]
    public async Task What_expires_by_the_broker_s_own_rule_is_put_aside_and_not_gone()
    {
        var engine = await RabbitEngine.Running();
        using var speaker = await Open("speaker");
        await Raw(channel =>
            channel.QueueDeclareAsync(
                $"{Queue}_error",
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }
            )
        );
        await engine.Limit(options, Queue, messages: 100, expires: 500);

        await Say(speaker, "t1", "one", "two");

        await Until(async () => await Counted($"{Queue}_error") == 2, "errors replay finds it there");
    }

    static async Task Say(IHost speaker, string ticket, params string[] texts)
    {
        var documents = speaker.Services.GetRequiredService<Documents<Greetings>>();
        foreach (var text in texts)
            await documents.Transact(ticket, new Hearing(null, default, null, new Greeting(ticket, text, 0, 0)), default);
    }

    static async Task<string[]> Lines(IHost app, string ticket) =>
        (await app.Services.GetRequiredService<Documents<Greetings>>().Read(ticket, default))?.State.Lines.ToArray() ?? [];

    static Task<IReadOnlyList<PendingLane>> Pending(IHost app) =>
        app.Services.GetRequiredService<IStore>().AllPending(null, 10, default);

    async Task<IHost> Open(string service)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDecider<Greetings>(service, _ =>
            service == "speaker" ? new SpeakingDecider() : new GreetingDecider(service)
        );
        builder.Services.AddPlatform(
            new PlatformOptions(Path.Combine(data, service), Bus: options),
            new GreetingMessages(),
            [new Subscription(Queue, "listener", typeof(Greeting), "speaker-listener")]
        );
        var app = builder.Build();
        await app.StartAsync();
        await Until(() => Task.FromResult(app.Services.GetRequiredService<IBus>().Declared), "the queues are declared");
        return app;
    }

    Task Replace() => Raw(async channel =>
    {
        await channel.QueueDeleteAsync(Queue);
        await Declare(channel);
    });

    static Task Declare(IChannel channel) =>
        channel.QueueDeclareAsync(
            Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = -1 }
        );

    Task<IConnection> Connect() =>
        new ConnectionFactory
        {
            Uri = options.Url,
            UserName = options.User,
            Password = options.Password,
        }.CreateConnectionAsync();

    async Task Raw(Func<IChannel, Task> act)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        await act(channel);
    }

    async Task<uint> Counted(string queue)
    {
        var count = 0u;
        try
        {
            await Raw(async channel => count = await channel.MessageCountAsync(queue));
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            // It is not there: nothing was ever put into it.
        }
        return count;
    }

    static async Task Until(Func<Task<bool>> holds, string what, int seconds = 40)
    {
        var until = DateTime.UtcNow.AddSeconds(seconds);
        while (!await holds())
        {
            if (DateTime.UtcNow > until)
                throw new TimeoutException($"not within {seconds} s: {what}");
            await Task.Delay(100);
        }
    }

    /// <summary>A service that says on what comes through its door.</summary>
    sealed class SpeakingDecider : IDecider<Greetings>
    {
        public string Name => "speaker";

        public Greetings Empty => new([]);

        public Decided<Greetings> Decide(Greetings state, object message, DateTimeOffset now) =>
            new(state, [new Effect.Say(message)]);
    }
}
