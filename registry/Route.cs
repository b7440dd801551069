namespace GroupTicketing.Registry;

/// <summary>Where a ticket goes in iTop, by the catalogue's own names.</summary>
/// <param name="Brique">Null only when <see cref="Precision.Unknown"/>, or outside the pilot and not recognised.</param>
/// <param name="Service">Given when Placed or ToQualify, as is SousService.</param>
/// <param name="Team">The team that gets it; the C2IP's when Unknown; null outside the pilot.</param>
/// <param name="RequestType">The sous-service's; null without one.</param>
/// <param name="Urgency">1 to 4 as a route said; null leaves iTop's own.</param>
public sealed record Route(
    Precision Precision,
    string? Brique = null,
    string? Service = null,
    string? SousService = null,
    string? Team = null,
    RequestType? RequestType = null,
    int? Urgency = null);

/// <summary>How well a ticket found its place.</summary>
public enum Precision
{
    /// <summary>The sous-service is known.</summary>
    Placed,

    /// <summary>The brique is known, its sous-service is not: the brique's "À qualifier".</summary>
    ToQualify,

    /// <summary>The brique is not known: triage by the C2IP.</summary>
    Unknown,

    /// <summary>The brique or the school takes no part yet: a polite refusal.</summary>
    OutsidePilot,
}
