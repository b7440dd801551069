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
public sealed record BusOptions(Uri Url, string User, string Password)
{
    /// <summary>Without the password, and without the address, which may bear one.</summary>
    public override string ToString() => $"user {User}";
}

/// <summary>A service's queue and a message it hears there.</summary>
/// <param name="Stream">The stream it is said in; null for what has no order.</param>
public sealed record Subscription(string Queue, string Service, Type Message, string? Stream = null);

/// <summary>The bus of several processes: MassTransit on RabbitMQ quorum queues. A publish returns once the broker has
/// confirmed it, so the message is sent by then.</summary>
public sealed class RabbitBus(MassTransit.IBus bus, RabbitQueues queues) : IBus
{
    // While the broker is away MassTransit's publish waits for it to come back; the message waits better in its document.
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    // What no queue takes comes back. It proves little: a fact goes to several queues, and one that is there satisfies
    // the broker.
    static readonly IPipe<PublishContext> mandatory = Pipe.Execute<PublishContext>(context =>
        context.GetPayload<RabbitMqSendContext>().Mandatory = true
    );

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
            await bus.Publish(message, message.GetType(), mandatory, deadline.Token).WaitAsync(deadline.Token);
        }
        catch (Exception exception)
            when (!ct.IsCancellationRequested && exception is not (SerializationException or JsonException or ArgumentException))
        {
            throw new BusUnavailableException($"no confirm from the broker: {exception.GetType().Name}", exception);
        }
    }
}

/// <summary>
/// Where a service listens on RabbitMQ: one handler for all of a queue's messages. MassTransit keeps a pipe for every type
/// that it takes apart itself, and the Portal hears forty.
/// </summary>
sealed class RabbitListener(IServiceProvider services, Type documents, IEnumerable<Subscription> subscriptions)
{
    readonly Dictionary<string, Type> types = subscriptions.ToDictionary(
        subscription => MessageUrn.ForTypeString(subscription.Message),
        subscription => subscription.Message
    );

    /// <summary>Takes a message into the service's documents.</summary>
    /// <exception cref="SerializationException">None of its types is heard here.</exception>
    /// <exception cref="JsonException">It is not what its type says.</exception>
    public Task Take(ConsumeContext<JsonObject> heard)
    {
        if (heard.SupportedMessageTypes.Contains(QueueMarks.Type))
            return Task.CompletedTask;
        if (heard.SupportedMessageTypes.FirstOrDefault(types.ContainsKey) is not { } type)
            throw new SerializationException("none of the message's types is heard here");
        var message = Json.Read(heard.Message, types[type]);
        // Not before: the bus is made with its listeners.
        return ((IDocuments)services.GetRequiredService(documents)).Take(
            message,
            services.GetRequiredService<IMessages>(),
            services.GetRequiredService<IBus>(),
            services.GetRequiredService<ILogger<RabbitListener>>(),
            heard.CancellationToken
        );
    }
}
