using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Contracts;

/// <summary>
/// The identity of a link: a UUID version 8 (RFC 9562 section 5.8) of a SHA-256, so that a first webhook, its repeat, a
/// poll and a restored backup all mean the same ticket.
/// </summary>
public static class TicketIds
{
    /// <summary>Of a ticket born in a school: its slug, the tool's ticket id and the generation.</summary>
    public static Guid OfSchool(string school, string toolTicketId, int generation = 1) =>
        FromName($"school\n{school}\n{toolTicketId}\n{generation}");

    /// <summary>Of a ticket born in iTop: iTop's id.</summary>
    public static Guid OfItop(string itopId) => FromName($"itop\n{itopId}");

    static Guid FromName(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        var bytes = hash[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
