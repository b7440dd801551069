namespace GroupTicketing.ItopConnector.Core;

/// <summary>It was to be written into a request that a person has given up; it goes into the next one.</summary>
public sealed record Carried;
