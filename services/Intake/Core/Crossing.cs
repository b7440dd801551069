using GroupTicketing.Contracts;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Core;

/// <summary>How authors are shown to the group, as the school's file says.</summary>
public static class Authors
{
    /// <summary>The author, named only where the school lets its name cross.</summary>
    public static Author From(Role role, string? name, School school)
    {
        var shown = role is Role.Requester ? school.Signature.Requester : school.Signature.Agent;
        return new Author(role, shown is AuthorShown.Name ? name : null);
    }

    /// <summary>The requester, only where the school makes them iTop's caller or shows their name.</summary>
    public static Requester? Named(Requester? requester, School school) => requester switch
    {
        null => null,
        _ when school.Caller is Party.Requester => requester,
        _ when school.Signature.Requester is AuthorShown.Name => new Requester(requester.Name),
        _ => null,
    };
}

/// <summary>Which texts cross to the group.</summary>
public static class Notes
{
    /// <summary>A public text as it is; a private one only if it bears the school's mark, which is cut; otherwise null.</summary>
    public static string? Crossing(string? text, bool isPrivate, string mark) =>
        text is null || !isPrivate ? text : Mark.Without(text, mark);
}

/// <summary>Titles come from outside, and some tools have tickets without one.</summary>
public static class Titles
{
    /// <summary>The title, or a sentence in its place.</summary>
    public static string From(string? title) =>
        string.IsNullOrWhiteSpace(title) ? Texts.InFrench(nameof(Texts.Untitled)) : title;
}
