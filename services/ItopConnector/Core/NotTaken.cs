namespace GroupTicketing.ItopConnector.Core;

/// <summary>It was to be written into an earlier group ticket that was never opened, or is no more.</summary>
public sealed record NotTaken;
