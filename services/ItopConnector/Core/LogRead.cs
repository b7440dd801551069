namespace GroupTicketing.ItopConnector.Core;

/// <summary>An entry of the public log.</summary>
/// <param name="Date">iTop's local time, <c>YYYY-MM-DD HH:MM:SS</c>.</param>
/// <param name="Author">The friendly name of its author's contact.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Account">iTop's id of the account that wrote it; null where iTop shows none.</param>
public sealed record LogRead(string Date, string Author, string Text, string? Account = null);
