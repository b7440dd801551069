using System.Globalization;
using System.Resources;

namespace GroupTicketing.Host.Commands;

/// <summary>What the command line says, of settings too, in the machine's language: French or else English.</summary>
static class CommandTexts
{
    static readonly ResourceManager texts = new("GroupTicketing.Host.Commands.CommandTexts", typeof(CommandTexts).Assembly);

    /// <summary>What is spoken: French or English.</summary>
    public static CultureInfo Language =>
        CultureInfo.GetCultureInfo(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? "fr" : "en");

    /// <summary>A sentence, with its blanks filled.</summary>
    public static string Text(string name, params object[] blanks)
    {
        var language = Language;
        return string.Format(language, texts.GetString(name, language)!, blanks);
    }

    /// <summary>The language as the environment says it, in the order in which every program asks; from here on it is
    /// this process'.</summary>
    public static void Speak()
    {
        string[] asked = ["LC_ALL", "LC_MESSAGES", "LANG"];
        var language = asked.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        var isFrench = language?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) is true;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(isFrench ? "fr" : "en");
    }
}
