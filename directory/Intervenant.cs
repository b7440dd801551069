namespace GroupTicketing.Directory;

/// <summary>Someone who can solve a problem with a brique, wherever they sit.</summary>
/// <param name="Name">Unique within the brique.</param>
/// <param name="School">The slug of one of the group's schools; null when not given, which the loader warns about.</param>
/// <param name="Email">Null when not known.</param>
public sealed record Intervenant(string Name, string? School, string? Email);
