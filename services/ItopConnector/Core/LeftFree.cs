namespace GroupTicketing.ItopConnector.Core;

/// <summary>A request is nobody's any more, as far as its former ticket is concerned.</summary>
public sealed record LeftFree(string ItopId);
