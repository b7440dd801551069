using System.Buffers.Binary;
using System.Text;
using MongoDB.Bson;

namespace MongoGateway;

/// <summary>One command: its document as it came, and a section of many documents still as raw BSON.</summary>
sealed record WireCommand(byte[] Body, RawBsonDocument Document, string? SequenceName, byte[]? Sequence)
{
    /// <summary>Reads OP_QUERY, which drivers still use to say hello: flags, collection name, skip, limit, document.</summary>
    public static WireCommand OfQuery(byte[] message)
    {
        var at = Array.IndexOf(message, (byte)0, 4) + 1 + 8;
        var body = message[at..(at + Length(message, at))];
        return new WireCommand(body, new RawBsonDocument(body), null, null);
    }

    /// <summary>Reads OP_MSG: flags, then sections of kind 0 (the command) and 1 (a named sequence).</summary>
    public static WireCommand OfMessage(byte[] message)
    {
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(message);
        var hasChecksum = (flags & 1) != 0;
        byte[]? body = null;
        byte[]? sequence = null;
        string? name = null;
        for (var at = 4; at < message.Length - (hasChecksum ? 4 : 0);)
        {
            var kind = message[at++];
            var size = Length(message, at);
            if (kind == 0)
            {
                body = message[at..(at + size)];
            }
            else
            {
                var end = Array.IndexOf(message, (byte)0, at + 4);
                name = Encoding.UTF8.GetString(message, at + 4, end - at - 4);
                sequence = message[(end + 1)..(at + size)];
            }
            at += size;
        }
        return new WireCommand(body!, new RawBsonDocument(body!), name, sequence);
    }

    /// <summary>The command with its sequence as a plain array.</summary>
    public byte[] Whole()
    {
        if (Sequence is null)
            return Body;
        var documents = new BsonArray();
        for (var at = 0; at < Sequence.Length; at += Length(Sequence, at))
            documents.Add(new RawBsonDocument(Sequence[at..(at + Length(Sequence, at))]));
        return new BsonDocument(Document) { [SequenceName!] = documents }.ToBson();
    }

    static int Length(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
