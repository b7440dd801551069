namespace GroupTicketing.Portal.Core;

/// <summary>An incident on a brique that the C2IP announces to schools, once for each of their open tickets of it.</summary>
/// <param name="Schools">Which schools; none: all.</param>
/// <param name="EndedAt">When it was over; null: it lasts.</param>
/// <param name="End">What is told at the end.</param>
public sealed record Announcement(
    string Id,
    string Brique,
    IReadOnlyList<string> Schools,
    string Text,
    DateTimeOffset Since,
    DateTimeOffset? EndedAt = null,
    string? End = null
)
{
    /// <summary>How long after its end late tickets may still hear of that end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>What a ticket is to be told; null: nothing, or it knows.</summary>
    public Announced? For(TicketView view)
    {
        var news = new Announced(view.TicketId, Id, End ?? Text, Ended: EndedAt is not null);
        return (news.Ended || Concerns(view)) && view.After(news) is not null ? news : null;
    }

    bool Concerns(TicketView view) =>
        view is { Reference: not null, State: "open" or "assigned" or "pending", School: { } school }
        && view.Brique == Brique
        && (Schools.Count == 0 || Schools.Contains(school));
}

/// <summary>Tell this ticket.</summary>
public sealed record Announced(Guid TicketId, string Id, string Text, bool Ended);
