using System.Globalization;
using System.Resources;

namespace GroupTicketing.Host.Commands;

/// <summary>What the command line says, in the machine's language: French where that is French, else English.</summary>
static class CommandTexts
{
    static readonly ResourceManager texts = new("GroupTicketing.Host.Commands.CommandTexts", typeof(CommandTexts).Assembly);

    /// <summary>A sentence, with its blanks filled.</summary>
    public static string Of(string name, params object[] blanks) =>
        string.Format(CultureInfo.CurrentUICulture, texts.GetString(name, CultureInfo.CurrentUICulture)!, blanks);

    /// <summary>The language as the environment says it, in the order in which every program asks; from here on it is this process'.</summary>
    public static void Speak()
    {
        var language = ((string[])["LC_ALL", "LC_MESSAGES", "LANG"]).Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) is true ? "fr" : "en");
    }
}
