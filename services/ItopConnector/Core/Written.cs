namespace GroupTicketing.ItopConnector.Core;

/// <summary>A wish was done, and this is how the ticket is now.</summary>
/// <param name="Entry">Its entry as it stands there, when that is under another number than was meant; null else.</param>
public sealed record Written(ItopRead Read, Entry? Entry = null);
