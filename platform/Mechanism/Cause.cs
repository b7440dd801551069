namespace GroupTicketing.Platform;

/// <summary>Why something is still pending: a closed list, stored by name with its lane, so that all of one cause can be
/// found and acted on. The text beside it says more.</summary>
public enum Cause
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>The target cannot be reached, or did not answer in time.</summary>
    NoAnswer,

    /// <summary>It answers that it takes nothing now: maintenance, an overload, a fault of its own.</summary>
    Unavailable,

    /// <summary>It does not know our account, or its password.</summary>
    Credentials,

    /// <summary>Our account may not do this.</summary>
    Rights,

    /// <summary>What this is to be done to is not there.</summary>
    NotThere,

    /// <summary>It is not what the link was made with: another organisation, another ticket under the same id.</summary>
    Identity,

    /// <summary>The address is gone (410).</summary>
    Gone,

    /// <summary>It refuses what was sent.</summary>
    Invalid,

    /// <summary>What was sent is larger than it takes.</summary>
    TooLarge,

    /// <summary>Its answer cannot be read.</summary>
    Unreadable,

    /// <summary>Whether the last attempt was done is not known yet: it is looked for before it is repeated.</summary>
    InDoubt,

    /// <summary>The bus does not take messages.</summary>
    Bus,

    /// <summary>A listener of the message could not take it.</summary>
    Listener,

    /// <summary>Earlier messages are missing, and were asked for.</summary>
    Missing,

    /// <summary>A message could not be decided: the ticket is in quarantine.</summary>
    Undecided,

    /// <summary>A fault of ours.</summary>
    Fault,

    /// <summary>The target's address may not be called: it lies inside, or is not https.</summary>
    Address,
}
