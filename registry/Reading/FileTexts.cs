using System.Globalization;
using System.Resources;

namespace GroupTicketing.Registry.Reading;

/// <summary>What is wrong with files, from <c>FileTexts.resx</c>: French where the process speaks it, else English.</summary>
internal static class FileTexts
{
    private static readonly ResourceManager texts = new("GroupTicketing.Registry.Reading.FileTexts", typeof(FileTexts).Assembly);

    /// <summary>A sentence, with its blanks filled.</summary>
    public static string Text(string name, params object?[] blanks)
    {
        var language = CultureInfo.GetCultureInfo(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? "fr" : "en");
        return string.Format(language, texts.GetString(name, language)!, blanks);
    }
}
