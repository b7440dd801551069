using System.CommandLine;
using GroupTicketing.Platform;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace GroupTicketing.Host.Commands;

/// <summary><c>errors replay</c>: puts what could not be read back into the queues it came from. Whatever was taken
/// meanwhile is dropped as a repeat.</summary>
static class ErrorsCommand
{
    const int MostAtOnce = 10_000;

    static readonly string[] Aside = ["_error", "_skipped"];
    static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true
    );

    public static Command Create(Func<ParseResult, HostSettings> settings)
    {
        var replay = new Command("replay", CommandTexts.Text("Replay"));
        replay.SetAction((parsed, ct) => Run(settings(parsed), ct));
        return new Command("errors", CommandTexts.Text("Errors")) { replay };
    }

    static async Task<int> Run(HostSettings settings, CancellationToken ct)
    {
        var errors = new List<string>();
        if (Engines.Read(settings, [], errors).Bus is not { } bus)
            errors.Add(CommandTexts.Text("EmbeddedAside"));
        else if (errors.Count == 0)
            return await Replay(bus, ct);
        return Tell.Errors(errors);
    }

    static async Task<int> Replay(BusOptions bus, CancellationToken ct)
    {
        try
        {
            await using var connection = await Broker.Connect(bus, ct);
            foreach (var queue in FactMessages.Queues())
            {
                foreach (var aside in Aside)
                    Tell.Result("QueueReplayed", queue + aside, await Move(connection, queue, aside, ct));
            }
            return 0;
        }
        catch (Exception exception)
            when (exception is BrokerUnreachableException or OperationInterruptedException or PublishException)
        {
            return Tell.Error(CommandTexts.Text("RabbitRefused", exception.Message));
        }
    }

    // Confirmed in its queue before it leaves the other: killed between, it is there twice, and the second is dropped
    // by its number.
    static async Task<int> Move(IConnection connection, string queue, string aside, CancellationToken ct) =>
        await Broker.OnQueue(
            connection,
            Confirmed,
            async channel =>
            {
                var most = (int)Math.Min(await channel.MessageCountAsync(queue + aside, ct), MostAtOnce);
                for (var moved = 0; moved < most; moved++)
                {
                    if (await channel.BasicGetAsync(queue + aside, autoAck: false, ct) is not { } message)
                        return moved;
                    await channel.BasicPublishAsync(
                        "",
                        queue,
                        mandatory: true,
                        new BasicProperties(message.BasicProperties),
                        message.Body,
                        ct
                    );
                    await channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
                }
                return most;
            },
            ct
        ) ?? 0;
}
