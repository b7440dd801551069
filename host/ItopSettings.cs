namespace GroupTicketing.Host;

/// <summary>The group's iTop, as set.</summary>
public sealed record ItopSettings : LoginSettings
{
    /// <summary>Its address. Required where the connector is open.</summary>
    public Uri? Url { get; init; }

    /// <summary>Its address for people; default <see cref="Url"/>.</summary>
    public Uri? WebUrl { get; init; }

    /// <summary>How often changes are looked for: 0.5 s to 5 min, default 6 s.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often every live group ticket is read, whatever the polls brought: 1 min to 1 day, default 1 h.</summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Writes at a time: 1 to 16, default 4.</summary>
    public int Writers { get; init; } = 2;
}
