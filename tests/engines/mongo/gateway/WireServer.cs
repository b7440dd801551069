using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MongoGateway;

/// <summary>The wire protocol: frames in, replies out, one command after the other on each connection.</summary>
sealed class WireServer(IPEndPoint address, Commands commands)
{
    const int Reply = 1;
    const int Query = 2004;
    const int Message = 2013;
    const int Head = 16;
    const int Longest = 48_000_100;
    const uint NoAnswerWanted = 2;

    int replies;

    public async Task Run()
    {
        using var listener = new TcpListener(address);
        listener.Start();
        Console.WriteLine($"listening on {address}");
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            client.NoDelay = true;
            _ = Task.Run(() => Serve(client));
        }
    }

    async Task Serve(TcpClient client)
    {
        using var connection = client;
        var stream = connection.GetStream();
        var head = new byte[Head];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(head);
                var length = BinaryPrimitives.ReadInt32LittleEndian(head);
                if (length is < Head or > Longest)
                    throw new InvalidDataException($"a message of {length} bytes");
                var message = new byte[length - Head];
                await stream.ReadExactlyAsync(message);
                if (
                    await Answer(
                        BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)),
                        BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12)),
                        message
                    ) is
                    { } answer
                )
                    await stream.WriteAsync(answer);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The client has left.
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception);
        }
    }

    async Task<byte[]?> Answer(int id, int kind, byte[] message)
    {
        // Flags, cursor id, starting place, then the number of documents: one.
        if (kind == Query)
            return Frame(Reply, id, [.. new byte[16], 1, 0, 0, 0, .. await commands.Answer(WireCommand.OfQuery(message))]);
        if (kind != Message)
            throw new InvalidDataException($"a message of kind {kind}");
        var answer = await commands.Answer(WireCommand.OfMessage(message));
        return (BinaryPrimitives.ReadUInt32LittleEndian(message) & NoAnswerWanted) == 0
            ? Frame(Message, id, [0, 0, 0, 0, 0, .. answer])
            : null;
    }

    byte[] Frame(int kind, int to, ReadOnlySpan<byte> body)
    {
        var frame = new byte[Head + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), Interlocked.Increment(ref replies));
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(8), to);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(12), kind);
        body.CopyTo(frame.AsSpan(Head));
        return frame;
    }
}
