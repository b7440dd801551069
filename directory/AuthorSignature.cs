namespace GroupTicketing.Directory;

/// <summary>How a school lets its people be shown to the group.</summary>
/// <param name="Requester">Written <c>Demandeur</c> (default) or <c>name</c>.</param>
/// <param name="Agent">Written <c>role</c> (default) or <c>name</c>.</param>
public sealed record AuthorSignature(AuthorShown Requester = AuthorShown.Role, AuthorShown Agent = AuthorShown.Role);

/// <summary>By what they do, or by name.</summary>
public enum AuthorShown
{
    Role,
    Name,
}
