using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What was seen of an iTop with one account. Null, or empty: it does not tell.</summary>
public sealed record Observed
{
    public LoginSeen Login { get; init; } = LoginSeen.Taken;

    /// <summary>Why it could not be asked at all.</summary>
    public Hindrance? Unreached { get; init; }

    /// <summary>iTop's own version, as <c>3.2.0-…</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Why a ticket's fields, named as the connector names them, could not be read.</summary>
    public Hindrance? Unreadable { get; init; }

    /// <summary>How far the web server's clock is ahead of ours.</summary>
    public TimeSpan? ClockAhead { get; init; }

    /// <summary>Whether a ticket was changed, by iTop's local time as we understand it, later than now.</summary>
    public bool HasChangesToCome { get; init; }

    /// <summary>The language of the account: EN, FR or what it answered.</summary>
    public string? Language { get; init; }

    public bool? MayWrite { get; init; }

    public bool? MayAttach { get; init; }

    public bool? MayReadFiles { get; init; }

    public bool? MayReadHistory { get; init; }

    /// <summary>Whether requests have our module's attribute for our key.</summary>
    public bool? HasKey { get; init; }

    /// <summary>Asked where a school has unknown callers created.</summary>
    public bool? MayWritePeople { get; init; }

    /// <summary>Whether it may do what only administrators may.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>Null: the files themselves have errors.</summary>
    public IReadOnlyList<Drifted>? Drift { get; init; }

    /// <summary>Kinds of the catalogue that may not be read.</summary>
    public IReadOnlyList<ItopKind> Closed { get; init; } = [];

    /// <summary>The largest body tried that came through, in MiB.</summary>
    public double? LargestBody { get; init; }

    public bool? TakesBasic { get; init; }

    public bool PasswordHasColon { get; init; }

    /// <summary>Null: the account may not read them.</summary>
    public IReadOnlyList<Mailing>? Mailings { get; init; }

    /// <summary>Teams the files name that have no address.</summary>
    public IReadOnlyList<string> TeamsWithoutAddress { get; init; } = [];

    /// <summary>Schools that see nothing of what the group opens for them in iTop.</summary>
    public IReadOnlyList<string> Unmirrored { get; init; } = [];

    /// <summary>Whether a school names its requesters as callers.</summary>
    public bool CallersAreRequesters { get; init; }

    /// <summary>Whether a school has requesters created whom iTop does not know.</summary>
    public bool CallersAreCreated { get; init; }

    public IReadOnlyList<TimeSpan> Calls { get; init; } = [];

    /// <summary>The ticket that was opened and closed for a try; null: none was asked for.</summary>
    public TriedTicket? Tried { get; init; }
}
