namespace GroupTicketing.ItopConnector.Core;

/// <summary>The request that a stopped link is of, as a person said.</summary>
/// <param name="Files">iTop's ids of the files it bears.</param>
public sealed record Settled(ItopRead Read, IReadOnlyList<string> Files);
