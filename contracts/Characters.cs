using System.Globalization;

namespace GroupTicketing.Contracts;

/// <summary>Texts cut where people see two characters, not inside of one: an accent stays on its letter, a flag and a
/// family are whole (Unicode Standard Annex 29, extended grapheme clusters).</summary>
public static class Characters
{
    /// <summary>The longest beginning of a text that fits; empty where not even its first character does.</summary>
    /// <param name="most">How much fits, in what <paramref name="size"/> counts.</param>
    /// <param name="size">What a character takes; its UTF-16 code units when left out.</param>
    public static string Fitting(string text, int most, Func<string, int>? size = null)
    {
        var (length, taken) = (0, 0);
        while (length < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text, length);
            taken += size is null ? next : size(text.Substring(length, next));
            if (taken > most)
                break;
            length += next;
        }
        return text[..length];
    }
}
