namespace GroupTicketing.ItopConnector.Core;

/// <summary>What a person reads again in a moment, to be sure that an entry is missing.</summary>
public sealed record LookAgain(Guid TicketId);
