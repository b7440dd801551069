namespace GroupTicketing.ItopConnector.Core;

/// <summary>A ticket opened, written to and closed for a try.</summary>
/// <param name="Failed">Why it could not be done to the end; null: it was.</param>
/// <param name="ZoneAhead">How far iTop's local time is ahead of ours.</param>
/// <param name="Author">Whom iTop shows as the author of our entry.</param>
public sealed record TriedTicket(Hindrance? Failed, string? Reference, TimeSpan? ZoneAhead, string? Author, string Contact);
