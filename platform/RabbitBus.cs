using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Where RabbitMQ is, and as whom we speak to it.</summary>
/// <param name="Url">With the virtual host, e.g. <c>amqp://rabbitmq:5672/groupticketing</c>; <c>amqps</c> for TLS.</param>
public sealed record BusOptions(Uri Url, string User, string Password);

/// <summary>A room's queue and a message it hears there.</summary>
public sealed record Hearer(string Queue, string Room, Type Message);

/// <summary>The bus of several processes: MassTransit on RabbitMQ quorum queues. A publish returns once the broker has confirmed it, so the debt is paid by then.</summary>
public sealed class RabbitBus(MassTransit.IBus bus, RabbitQueues queues) : IBus
{
    // While the broker is away MassTransit's publish waits for it to come back; the debt waits better.
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public bool Declared => queues.Declared;

    /// <inheritdoc/>
    public async Task Publish(object message, CancellationToken ct)
    {
        if (!Declared)
            throw new BusUnavailableException("the listeners' queues are not declared yet");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        try
        {
            await bus.Publish(message, message.GetType(), deadline.Token).WaitAsync(deadline.Token);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is not (SerializationException or JsonException or ArgumentException))
        {
            throw new BusUnavailableException($"no confirm from the broker: {exception.GetType().Name}", exception);
        }
    }
}

/// <summary>
/// The queues of every listener, declared by each process before it says anything: a confirm means that every listener's queue has the message only if all of them are there.
/// </summary>
public sealed partial class RabbitQueues(BusOptions options, IReadOnlyList<Hearer> hearers, TimeProvider clock, ILogger<RabbitQueues> logger) : BackgroundService
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    // Long enough for a store that restarts; a message that outlasts it goes back to its queue and comes again.
    static readonly TimeSpan[] Waits = [.. new[] { 0.2, 1, 2, 5, 10, 10, 10, 10 }.Select(TimeSpan.FromSeconds)];

    /// <summary>Whether every listener's queue is declared.</summary>
    public bool Declared { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!Declared)
        {
            try
            {
                await Declare(stoppingToken);
                Declared = true;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotDeclared(logger, exception.GetType().Name);
                await Task.Delay(Again, clock, stoppingToken);
            }
        }
    }

    async Task Declare(CancellationToken ct)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.DeployTopologyOnly = true;
            Host(rabbit, options);
            foreach (var queue in hearers.GroupBy(hearer => hearer.Queue))
                rabbit.ReceiveEndpoint(queue.Key, endpoint => Shape(endpoint, queue));
        });
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        await bus.DeployAsync(deadline.Token).WaitAsync(deadline.Token);
    }

    /// <summary>How the broker is reached, and how messages look on it.</summary>
    internal static void Host(IRabbitMqBusFactoryConfigurator rabbit, BusOptions options)
    {
        rabbit.Host(options.Url, host =>
        {
            host.Username(options.User);
            host.Password(options.Password);
            host.PublisherConfirmation = true;
            host.Heartbeat(TimeSpan.FromSeconds(15));
            host.RequestedConnectionTimeout(TimeSpan.FromSeconds(10));
        });
        rabbit.ConfigureJsonSerializerOptions(json =>
        {
            for (var index = 0; index < json.Converters.Count; index++)
            {
                if (json.Converters[index] is JsonConverterFactory factory)
                    json.Converters[index] = new SparingUnknown(factory);
            }
            foreach (var converter in Json.Options.Converters)
                json.Converters.Add(converter);
            return json;
        });
    }

    /// <summary>A listener's queue: the same wherever it is declared, since a queue's arguments are fixed by the first.</summary>
    internal static void Shape(IRabbitMqReceiveEndpointConfigurator endpoint, IEnumerable<Hearer> hearers)
    {
        endpoint.SetQuorumQueue();
        // A process killed again and again with a message in hand must not lose it: the number of deliveries has no limit.
        endpoint.SetQueueArgument("x-delivery-limit", -1);
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 16;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        foreach (var message in hearers.Select(hearer => hearer.Message).Distinct())
            endpoint.Bind($"{message.Namespace}:{message.Name}");
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<SerializationException>();
            retry.Ignore<JsonException>();
            retry.Intervals(Waits);
        });
        endpoint.ConfigureError(error => error.UseFilter(new OnlyUnreadable()));
    }

    // MassTransit's converter of dictionaries writes the members of a later release as an object without a name: a message that nobody can read.
    sealed class SparingUnknown(JsonConverterFactory inner) : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert != typeof(Dictionary<string, JsonElement>) && inner.CanConvert(typeToConvert);

        public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => inner.CreateConverter(typeToConvert, options);
    }

    // What cannot be read is put aside. All else (a store that is away, a process that stops) goes back to the queue: it must not be lost to a fault that passes.
    sealed class OnlyUnreadable : IFilter<ExceptionReceiveContext>
    {
        readonly IFilter<ExceptionReceiveContext> aside = new ErrorTransportFilter();

        public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
        {
            if (!IsUnreadable(context.Exception))
                ExceptionDispatchInfo.Throw(context.Exception);
            return aside.Send(context, next);
        }

        // Whatever else it says within: a number that is none is a format's fault inside JSON's.
        static bool IsUnreadable(Exception? exception) => exception is SerializationException or JsonException || exception is not null && IsUnreadable(exception.InnerException);

        public void Probe(ProbeContext context) => aside.Probe(context);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the broker's queues are not declared: {Reason}; tried again in three seconds")]
        public static partial void NotDeclared(ILogger logger, string reason);
    }
}

/// <summary>
/// Where a room listens on RabbitMQ: one handler for all of a queue's messages. MassTransit keeps a pipe for every type that it takes apart itself, and the Console hears forty.
/// </summary>
sealed class RabbitListener(IServiceProvider services, Type documents, IEnumerable<Hearer> hearers)
{
    readonly Dictionary<string, Type> types = hearers.ToDictionary(hearer => MessageUrn.ForTypeString(hearer.Message), hearer => hearer.Message);

    /// <summary>Takes a message into the room's documents.</summary>
    /// <exception cref="SerializationException">None of its types is heard here.</exception>
    /// <exception cref="JsonException">It is not what its type says.</exception>
    public Task Take(ConsumeContext<JsonObject> heard)
    {
        if (heard.SupportedMessageTypes.FirstOrDefault(types.ContainsKey) is not { } type)
            throw new SerializationException("none of the message's types is heard here");
        var message = Json.Read(heard.Message, types[type]);
        // Not before: the bus is made with its listeners.
        return ((IDocuments)services.GetRequiredService(documents)).Take(
            message, services.GetRequiredService<IMessages>(), services.GetRequiredService<IBus>(), services.GetRequiredService<ILogger<RabbitListener>>(), heard.CancellationToken);
    }
}
