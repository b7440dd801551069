namespace GroupTicketing.Directory;

/// <summary>Where and how a school is told.</summary>
/// <param name="Url">Absolute; https except for a try-out.</param>
/// <param name="Audience">For whom the group's texts are. Default support: a private note in its tool.</param>
/// <param name="Timeout">How long its answer may take: 1 to 60 whole seconds, default 10.</param>
public sealed record Callback(Uri Url, Party Audience, TimeSpan Timeout);

/// <summary>The two sides of a school: those who answer, those who ask.</summary>
public enum Party
{
    Support,
    Requester,
}
