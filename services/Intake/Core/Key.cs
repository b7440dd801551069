namespace GroupTicketing.Intake.Core;

/// <summary>Which ticket, which delivery.</summary>
/// <param name="Ticket">The tool's ticket id, trimmed.</param>
/// <param name="Delivery">The sender's id of this post: the same when it repeats it.</param>
/// <param name="HandsOver">Whether the ticket bears the handover's gesture.</param>
public sealed record Key(string Ticket, string Delivery, bool HandsOver)
{
    const string UnreadPrefix = "unread:";

    /// <summary>Of a post whose ticket cannot be read: it waits in a document of its own.</summary>
    public static Key Unread(string delivery) => new(UnreadPrefix + delivery, delivery, HandsOver: true);

    public static bool IsUnread(string ticket) => ticket.StartsWith(UnreadPrefix, StringComparison.Ordinal);
}
