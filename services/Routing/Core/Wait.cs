namespace GroupTicketing.Routing.Core;

/// <summary>It is time to look whether the group moves the ticket.</summary>
public sealed record GroupWaited(Guid TicketId, int Generation);

/// <summary>What the C2IP was told of a ticket that nobody moves.</summary>
/// <param name="Kind">As the fact says it.</param>
public sealed record Wait(string Kind, DateTimeOffset Since);

/// <summary>Who was reminded since the group last moved the ticket. Stored by name: add, never rename.</summary>
public enum Reminded
{
    Nobody,
    Team,
    C2ip,
}
