namespace GroupTicketing.Contracts;

/// <summary>The school's tool took what it was told.</summary>
/// <param name="News">What it was told.</param>
/// <param name="Status">The HTTP status it answered with.</param>
/// <param name="Attempts">How many attempts it took.</param>
public sealed record SchoolTold(Heading Heading, SchoolNews News, int Status, int Attempts) : Fact(Heading);

/// <summary>The school's tool refuses or is gone (410); nothing more is sent on this ticket until a person releases it.</summary>
public sealed record SchoolUnreachable(Heading Heading, SchoolNews News, string Reason) : Fact(Heading);
