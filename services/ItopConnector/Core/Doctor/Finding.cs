namespace GroupTicketing.ItopConnector.Core;

/// <summary>One thing the doctor says of an iTop.</summary>
/// <param name="Name">Of its texts: what, and unless it is well, why it matters and what to do.</param>
/// <param name="Blanks">What fills the text's blanks.</param>
public sealed record Finding(Health Health, string Name, params object[] Blanks);

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
