using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace GroupTicketing.Platform;

/// <summary>
/// How a speaker knows that a listener's queue is still the one it spoke into. A queue that was deleted, or went with
/// the broker's disk, is declared again by whoever comes
/// first, and nothing shows that it is new. So each speaker binds the queue by routing keys of its own, its marks: a
/// binding goes with its queue, and MassTransit does not make it again.
/// The first mark is made before the last messages are said again, the second afterwards; a queue is known by both. One
/// mark would be made on whatever queue is there by then, even on one
/// that took the place of the queue they were said into.
/// </summary>
/// <remarks>The broker does not list bindings to a client: a message sent with <c>mandatory</c> by the mark's key comes
/// back where the mark is gone. It expires at once where nobody listens.</remarks>
sealed class QueueMarks(IConnection connection)
{
    /// <summary>The exchange of the marks.</summary>
    public const string Exchange = "queue-marks";

    /// <summary>The type, as MassTransit names it, of what is sent to look for a mark; a listener takes it and does
    /// nothing.</summary>
    public const string Type = "urn:message:GroupTicketing.Platform:QueueLook";

    static readonly byte[] look = Encoding.UTF8.GetBytes($$$"""{"messageType":["{{{Type}}}"],"message":{}}""");
    static readonly CreateChannelOptions confirmed = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true
    );

    /// <summary>Whether a queue is there; asking makes nothing.</summary>
    public async Task<bool> IsThere(string queue, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, ct);
            return true;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    /// <summary>Which of these queues do not bear the speaker's mark.</summary>
    public async Task<IReadOnlyList<string>> Unmarked(string speaker, IEnumerable<string> queues, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(confirmed, ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Direct, durable: true, cancellationToken: ct);
        var unmarked = new List<string>();
        foreach (var queue in queues)
        {
            if (!await IsMarked(channel, Begun(speaker, queue), ct) || !await IsMarked(channel, KnownMark(speaker, queue), ct))
                unmarked.Add(queue);
        }
        return unmarked;
    }

    /// <summary>From here on a queue that takes this one's place does not become known.</summary>
    public async Task Begin(string speaker, string queue, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.QueueUnbindAsync(queue, Exchange, KnownMark(speaker, queue), cancellationToken: ct);
        await channel.QueueBindAsync(queue, Exchange, Begun(speaker, queue), cancellationToken: ct);
    }

    /// <summary>All was said again into the queue that was there at <see cref="Begin"/>: if it is still the same one,
    /// it is known.</summary>
    public async Task End(string speaker, string queue, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.QueueBindAsync(queue, Exchange, KnownMark(speaker, queue), cancellationToken: ct);
    }

    static async Task<bool> IsMarked(IChannel channel, string key, CancellationToken ct)
    {
        try
        {
            var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Expiration = "0" };
            await channel.BasicPublishAsync(Exchange, key, mandatory: true, properties, look, ct);
            return true;
        }
        catch (PublishException exception) when (exception.IsReturn)
        {
            return false;
        }
    }

    static string Begun(string speaker, string queue) => $"{speaker}>{queue}>begun";

    static string KnownMark(string speaker, string queue) => $"{speaker}>{queue}>known";
}
