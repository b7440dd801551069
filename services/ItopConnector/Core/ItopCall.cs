using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>A call owed to iTop.</summary>
public abstract record ItopCall
{
    ItopCall()
    {
    }

    public sealed record Create(TicketEscalated Asked) : ItopCall;

    /// <summary>Take the request of that reference, which somebody else opened.</summary>
    public sealed record Adopt(string Reference, int Generation = 1) : ItopCall;

    /// <param name="Number">The entry's visible number; null for a wish without a text.</param>
    /// <param name="Generation">Which group ticket of this school ticket is meant.</param>
    public sealed record Write(GroupWish Wish, int? Number, string? Text, int Generation = 1) : ItopCall;

    /// <summary>A note for the team, in the private log.</summary>
    public sealed record Remind(string Text, int Generation = 1) : ItopCall;

    public sealed record Attach(FileClaim File, int Generation = 1) : ItopCall;

    /// <summary>Another request bears this ticket's key: keep one.</summary>
    public sealed record Twins : ItopCall;

    /// <summary>Read what a person says that a stopped link is of.</summary>
    /// <param name="Reference">Null: the same request as before.</param>
    public sealed record Settle(string? Reference) : ItopCall;

    public sealed record Read : ItopCall;

    /// <param name="ItopId">The request it stands on; null: a release before 0.3 wrote it, and it is the link's.</param>
    public sealed record Fetch(string AttachmentId, string? ItopId = null) : ItopCall;
}
