using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Middleware;

namespace GroupTicketing.Platform;

/// <summary>
/// The queues of every listener, declared by each process before it says anything: a confirm means that every
/// listener's queue has the message only if all of them are there.
/// </summary>
public sealed class RabbitQueues(BusOptions options, IReadOnlyList<Subscription> subscriptions)
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    // Long enough for a store that restarts; a message that outlasts it goes back to its queue and comes again.
    static readonly TimeSpan[] Waits = [.. new[] { 0.2, 1, 2, 5, 10, 10, 10, 10 }.Select(TimeSpan.FromSeconds)];

    /// <summary>Whether every listener's queue is known to be there. It falls with each lost connection, and when a
    /// queue is missing.</summary>
    public bool Declared { get; internal set; }

    /// <summary>Where the broker is.</summary>
    internal BusOptions Options => options;

    /// <summary>Who hears what where.</summary>
    internal IReadOnlyList<Subscription> Subscriptions => subscriptions;

    /// <summary>Declares every queue, and what it is bound to.</summary>
    internal async Task Declare(CancellationToken ct)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.DeployTopologyOnly = true;
            Host(rabbit, options);
            foreach (var queue in subscriptions.GroupBy(subscription => subscription.Queue))
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
    internal static void Shape(IRabbitMqReceiveEndpointConfigurator endpoint, IEnumerable<Subscription> subscriptions)
    {
        endpoint.SetQuorumQueue();
        // A process killed again and again with a message in hand must not lose it: the number of deliveries has no limit.
        endpoint.SetQueueArgument("x-delivery-limit", -1);
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 16;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        foreach (var message in subscriptions.Select(subscription => subscription.Message).Distinct())
            endpoint.Bind($"{message.Namespace}:{message.Name}");
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<SerializationException>();
            retry.Ignore<JsonException>();
            retry.Intervals(Waits);
        });
        endpoint.ConfigureError(error => error.UseFilter(new OnlyUnreadable()));
    }

    // MassTransit's converter of dictionaries writes the members of a later release as an object without a name: a
    // message that nobody can read.
    sealed class SparingUnknown(JsonConverterFactory inner) : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert != typeof(Dictionary<string, JsonElement>) && inner.CanConvert(typeToConvert);

        public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            inner.CreateConverter(typeToConvert, options);
    }

    // What cannot be read is put aside. All else (a store that is away, a process that stops) goes back to the queue:
    // it must not be lost to a fault that passes.
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
        static bool IsUnreadable(Exception? exception) =>
            exception is SerializationException or JsonException
            || exception is not null && IsUnreadable(exception.InnerException);

        public void Probe(ProbeContext context) => aside.Probe(context);
    }
}
