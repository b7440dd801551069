namespace GroupTicketing.ItopConnector.Core;

/// <param name="Key">The file's key.</param>
/// <param name="Was">Null: iTop says nothing.</param>
public sealed record Differs(string Key, string? Was, string Becomes);
