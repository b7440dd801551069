using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary>The command line speaks the machine's language, and says what it did not understand in one line.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("fr_FR.UTF-8", "", "", true)]
    [InlineData("", "fr_CA.UTF-8", "en_US.UTF-8", true)]
    [InlineData("", "", "fr", true)]
    [InlineData("C.UTF-8", "fr_FR.UTF-8", "fr_FR.UTF-8", false)]
    [InlineData("", "en_GB.UTF-8", "fr_FR.UTF-8", false)]
    [InlineData("", "", "de_DE.UTF-8", false)]
    [InlineData("", "", "", false)]
    public async Task French_where_the_machine_is_French_and_English_elsewhere(string all, string messages, string language, bool isFrench)
    {
        var (exit, said) = await Run(Environment(all, messages, language), ["keys", "--help"]);

        exit.ShouldBe(0);
        said.ShouldContain(isFrench ? "Les clés d’API des exploitants et des établissements." : "API keys of operators and schools.");
        said.ShouldContain(isFrench ? "Le dossier de la base et des fichiers" : "The folder of the store and the files");
    }

    [Theory]
    [InlineData("C", "chekc", "error: chekc: no such option or command; did you mean check? GroupTicketing --help lists them all")]
    [InlineData("fr_FR.UTF-8", "chekc", "erreur : chekc : option ou commande inconnue ; vouliez-vous dire check ? GroupTicketing --help les donne toutes")]
    [InlineData("C", "keys new lyon --lable x", "error: --lable: no such option or command; did you mean --label? GroupTicketing keys new --help lists them all")]
    [InlineData("C", "check --direktory x", "error: --direktory: no such option or command; did you mean --directory? GroupTicketing check --help lists them all")]
    [InlineData("C", "run --frobnicate", "error: --frobnicate: no such option or command; GroupTicketing run --help lists them all")]
    [InlineData("C", "keys revoke", "error: Required argument 'id' missing for command: 'revoke'; GroupTicketing keys revoke --help says how")]
    public async Task What_is_not_understood_is_one_line(string language, string typed, string line)
    {
        var (exit, said) = await Run(Environment(language, "", ""), typed.Split(' '));

        (exit, said.Trim()).ShouldBe((1, line));
    }

    static Dictionary<string, string> Environment(string all, string messages, string language) => new() { ["LC_ALL"] = all, ["LC_MESSAGES"] = messages, ["LANG"] = language };
}
