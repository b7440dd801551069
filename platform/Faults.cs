using System.Globalization;
using System.Resources;

namespace GroupTicketing.Platform;

/// <summary>
/// What is said of a store or an address that cannot be used, from <c>Faults.resx</c>: in English where it is logged or kept, in
/// the machine's language where a command says it.
/// </summary>
static class Faults
{
    static readonly ResourceManager texts = new("GroupTicketing.Platform.Faults", typeof(Faults).Assembly);

    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>A sentence in that language, with its blanks filled; in English where it is not French.</summary>
    public static string Text(CultureInfo language, string name, params object?[] blanks)
    {
        var spoken = language.TwoLetterISOLanguageName == "fr" ? language : English;
        return string.Format(spoken, texts.GetString(name, spoken)!, blanks);
    }
}
