namespace GroupTicketing.ItopConnector.Core;

/// <summary>One thing the doctor says of an iTop.</summary>
/// <param name="Name">Of its texts: what, and unless it is well, why it matters and what to do.</param>
/// <param name="Blanks">What fills the text's blanks.</param>
public sealed record Finding(Health Health, string Name, params object[] Blanks);
