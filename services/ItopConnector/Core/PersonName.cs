using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>A name as iTop wants a person's: first name and name, neither empty.</summary>
public sealed record PersonName(string First, string Last)
{
    const string Unknown = "?";
    const int Most = 255;

    /// <summary>Of a name as a school's tool writes it: "Léa Martin", "MARTIN Léa", "Martin, Léa". Without one the
    /// address says it.</summary>
    public static PersonName From(string? name, string email)
    {
        var said = string.IsNullOrWhiteSpace(name) ? email.Split('@')[0].Replace('.', ' ') : name;
        if (said.Split(',', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } before, { Length: > 0 } after])
            return Cut(after, before);
        var words = said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        // In French lists the name stands in capitals, before or after.
        var (loud, quiet) = (words.Where(IsLoud).ToList(), words.Where(word => !IsLoud(word)).ToList());
        if (loud.Count > 0 && quiet.Count > 0)
            return Cut(string.Join(' ', quiet), string.Join(' ', loud));
        return words switch
        {
            [] => new(Unknown, Unknown),
            [var only] => Cut(Unknown, only),
            _ => Cut(string.Join(' ', words[..^1]), words[^1]),
        };
    }

    static bool IsLoud(string word) => word.Count(char.IsLetter) > 1 && !word.Any(char.IsLower);

    static PersonName Cut(string first, string last) => new(Characters.Fitting(first, Most), Characters.Fitting(last, Most));
}
