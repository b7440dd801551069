namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>One entry of a public or private log. <paramref name="UserLogin"/> is the friendly name of the author's
/// contact, not the login.</summary>
public sealed record LogEntry(string Date, string UserLogin, string UserId, string Message, string MessageHtml);

/// <summary>The contents of a file: base64, without any check of name or type.</summary>
public sealed record Blob(string Data, string? Mimetype, string Filename);
