using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroupTicketing.Contracts;

namespace GroupTicketing.Notification.Core;

/// <summary>
/// The <c>webhook-id</c> of a callback: the same at every attempt and, where what is told has an id of its own, the
/// same when a restored backup has it told again.
/// It is decided once and kept with the debt.
/// </summary>
static class MessageId
{
    // A debt's body is what another release may read: it rides along as a member that release does not know.
    const string Member = "messageId";

    public static Fact Kept(Fact wanted)
    {
        if (wanted.Heading.SourceId is not { } source)
            return wanted;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}/{Name(wanted)}")), 0, 10);
        var unknown = new Dictionary<string, JsonElement>(wanted.Unknown ?? [])
        {
            [Member] = JsonSerializer.SerializeToElement($"msg_{wanted.Heading.TicketId:N}_{hash}"),
        };
        return wanted with { Unknown = unknown };
    }

    public static string Of(Fact wanted, string debtId) =>
        wanted.Unknown?.TryGetValue(Member, out var kept) == true
            ? kept.GetString()!
            : $"msg_{wanted.Heading.TicketId:N}_{debtId}";

    static string Name(Fact wanted) => wanted is SchoolUpdateWanted update ? update.News.ToString() : Telling.Opened;
}
