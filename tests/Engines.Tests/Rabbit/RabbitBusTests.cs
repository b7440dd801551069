using System.Text;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace GroupTicketing.Engines.Tests;

/// <summary>The bus between processes: what was confirmed is in every listener's queue, and what cannot be read is put
/// aside alone.</summary>
public sealed class RabbitBusTests : IAsyncLifetime
{
    readonly string data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    BusOptions options = null!;
    RabbitEngine engine = null!;

    public async ValueTask InitializeAsync() => options = await (engine = await RabbitEngine.Running()).Fresh();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_said_while_a_listener_is_not_there_waits_in_its_queue()
    {
        using (var speaker = await Open("speaker"))
            await Bus(speaker).Publish(new Greeting("t1", "hello", 1, 1), default);

        using var listener = await Open("listener");

        await Heard(listener, "t1", ["hello"]);
    }

    [Theory]
    [InlineData("this is no message")]
    [InlineData("""{"messageType":["urn:message:GroupTicketing.Engines.Tests:Farewell"],"message":{}}""")]
    [InlineData("""{"messageType":["urn:message:GroupTicketing.Engines.Tests:Greeting"],"message":{"number":"first"}}""")]
    public async Task A_message_that_cannot_be_read_is_put_aside_alone(string message)
    {
        using var listener = await Open("listener");
        await Raw("hear-greetings", message);
        await Bus(listener).Publish(new Greeting("t1", "after", 1, 1), default);

        await Heard(listener, "t1", ["after"]);
        (await Until(async () => await Count("hear-greetings_error") is 1 ? "one" : null)).ShouldBe("one");
    }

    [Fact]
    public async Task What_a_later_release_adds_to_a_message_comes_along()
    {
        using var listener = await Open("listener");
        var later = new Greeting("t1", "hello", 1, 1) { Unknown = new() { ["mood"] = Json.Element("calme") } };

        await Bus(listener).Publish(later, default);

        await Heard(listener, "t1", ["hello", "mood=calme"]);
    }

    [Fact]
    public async Task What_fails_for_another_reason_is_not_lost()
    {
        using var listener = await Open("listener", all =>
            all.AddSingleton<IStore>(_ => new Away(new SqliteStore(PlatformSetup.StoreFile(data)), failures: 3))
        );
        await Bus(listener).Publish(new Greeting("t1", "hello", 1, 1), default);

        await Heard(listener, "t1", ["hello"]);
        (await Count("hear-greetings_error")).ShouldBeOneOf(null, 0u);
    }

    [Fact]
    public async Task What_a_person_wants_is_done_where_the_service_is_open()
    {
        using var listener = await Open("listener");
        using var elsewhere = await Open("speaker");
        await Bus(elsewhere).Publish(new Greeting("t1", GreetingDecider.Broken, 1, 1), default);
        await Bus(elsewhere).Publish(new Greeting("t1", "after", 1, 2), default);
        await Until(async () =>
            (await Pending(listener)).SingleOrDefault(pending => pending.Lane == Outbox.QuarantineLane)?.Error
        );

        await Bus(elsewhere).Publish(new Operate("listener", "t1", Outbox.QuarantineLane, OperatorAct.Skip), default);

        await Heard(listener, "t1", ["after"]);
        (await Pending(listener)).ShouldBeEmpty();
    }

    static Task<IReadOnlyList<PendingLane>> Pending(IHost app) =>
        app.Services.GetRequiredService<IStore>().AllPending(null, 10, default);

    async Task<IHost> Open(string service, Action<IServiceCollection>? also = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDecider<Greetings>(service, _ => new GreetingDecider(service));
        builder.Services.AddPlatform(
            new PlatformOptions(Path.Combine(data, service), Bus: options),
            new GreetingMessages(),
            [new Subscription("hear-greetings", "listener", typeof(Greeting))]
        );
        also?.Invoke(builder.Services);
        var app = builder.Build();
        await app.StartAsync();
        await Until(() => Task.FromResult(Bus(app).Declared ? "declared" : null));
        return app;
    }

    static IBus Bus(IHost app) => app.Services.GetRequiredService<IBus>();

    static Task Heard(IHost app, string ticket, string[] lines) =>
        Until(async () =>
            (await app.Services.GetRequiredService<Documents<Greetings>>().Read(ticket, default))?.State.Lines.SequenceEqual(
                lines
            ) == true
                ? "heard"
                : null
        );

    async Task Raw(string queue, string body)
    {
        await using var connection = await Factory().CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    async Task<uint?> Count(string queue)
    {
        await using var connection = await Factory().CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            return await channel.MessageCountAsync(queue);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }

    ConnectionFactory Factory() => new() { Uri = options.Url, UserName = options.User, Password = options.Password };

    static async Task<string> Until(Func<Task<string?>> look)
    {
        var until = DateTime.UtcNow.AddSeconds(40);
        while (DateTime.UtcNow < until)
        {
            if (await look() is { } seen)
                return seen;
            await Task.Delay(100);
        }
        throw new TimeoutException("not within 40 s");
    }
}
