namespace GroupTicketing.Console.Core;

/// <summary>Tell this ticket.</summary>
public sealed record Announced(Guid TicketId, string Id, string Text, bool Ended);
