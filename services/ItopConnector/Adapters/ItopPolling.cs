namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What changed, and whose it is.</summary>
public sealed record ItopPolling(ItopPoll Poll, ItopLinks Links);
