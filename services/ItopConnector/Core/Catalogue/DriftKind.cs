namespace GroupTicketing.ItopConnector.Core;

/// <summary>In what way.</summary>
public enum DriftKind
{
    Absent,

    /// <summary>There, written otherwise, of another request type or no longer in production.</summary>
    Differs,

    /// <summary>More than once.</summary>
    Several,

    /// <summary>A service in no contract of a school.</summary>
    NoContract,
}
