namespace GroupTicketing.ItopConnector.Core;

/// <summary>What became of the login.</summary>
public enum LoginSeen
{
    Taken,
    Refused,
    WithoutRestProfile,
    PortalUser,
}
