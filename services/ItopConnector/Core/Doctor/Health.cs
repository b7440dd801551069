namespace GroupTicketing.ItopConnector.Core;

/// <summary>How much a finding matters.</summary>
public enum Health
{
    Well,

    /// <summary>iTop's REST does not tell it with this account's rights; it is not guessed.</summary>
    Untold,

    /// <summary>The connector works, less well or less safely.</summary>
    Ailing,

    /// <summary>The connector cannot work.</summary>
    Broken,
}
