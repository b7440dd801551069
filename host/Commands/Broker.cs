using GroupTicketing.Platform;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace GroupTicketing.Host.Commands;

/// <summary>RabbitMQ as commands work on it, beside the processes.</summary>
static class Broker
{
    public static Task<IConnection> Connect(BusOptions bus, CancellationToken ct) =>
        new ConnectionFactory { Uri = bus.Url, UserName = bus.User, Password = bus.Password }.CreateConnectionAsync(ct);

    /// <summary>Does something to a queue on a channel of its own; null where the queue is not there yet, which ends
    /// the channel.</summary>
    public static async Task<T?> OnQueue<T>(
        IConnection connection,
        CreateChannelOptions? options,
        Func<IChannel, Task<T>> act,
        CancellationToken ct
    )
        where T : struct
    {
        await using var channel = await connection.CreateChannelAsync(options, ct);
        try
        {
            return await act(channel);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }
}
