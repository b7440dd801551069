namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>The group's iTop.</summary>
public sealed record ItopOptions
{
    /// <summary>Its address with a slash at its end, e.g. <c>https://itop.groupe-insa.example/</c>. Required.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its address for people; default <see cref="Url"/>.</summary>
    public Uri? WebUrl { get; init; }

    /// <summary>The connector's account. Required.</summary>
    public required string User { get; init; }

    /// <summary>Its password. Required; from a file or the environment, never from a file of the directory.</summary>
    public required string Password { get; init; }

    /// <summary>Writes at a time over all instances, one per ticket: 1 to 16, default 2: so many of its workers are
    /// held at most while its database holds writes (observed on iTop 3.2.0: more gain nothing on two cores).</summary>
    public int Writers { get; init; } = 2;

    /// <summary>How often changes are looked for: 0.5 s to 5 min, default 6 s. Files are looked for every fifth time.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often every live group ticket is read, whatever the polls brought: 1 min to 1 day, default 1 h. 50
    /// tickets are one call.</summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the names of the route tree and the schools' files are looked for in iTop, besides at the
    /// start: 1 h. Nine calls at most with under 50 schools.</summary>
    public TimeSpan CatalogueEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long one call may take: 1 to 60 s, default 30 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without the password, and without the addresses, which may bear one.</summary>
    public override string ToString() => $"user {User}, writers {Writers}, poll every {PollEvery}";
}
