using System.Globalization;
using System.Text;

namespace GroupTicketing.Registry;

/// <summary>Compares names as people write them: case, accents, ligatures, and kinds of blanks and apostrophes apart.</summary>
public static class Words
{
    /// <summary>Whether both are given and are the same name.</summary>
    public static bool Same(string? one, string? other) => one is not null && other is not null && Key(one) == Key(other);

    /// <summary>Whether a word is this name or one of its aliases.</summary>
    public static bool Names(string? word, string name, IReadOnlyList<string> aliases) =>
        word is not null && (Same(word, name) || aliases.Any(a => Same(word, a)));

    /// <summary>The form in which equal names are equal text.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                key.Append(char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c));
        key.Replace("œ", "oe").Replace("æ", "ae").Replace('’', '\'');
        return string.Join(' ', key.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
