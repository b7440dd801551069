using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary>The command line speaks the machine's language, and says what it did not understand in one line.</summary>
public sealed class LanguageTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;

    string Files => Path.Combine(folder, "files");

    string Data => Path.Combine(folder, "data");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("fr_FR.UTF-8", "", "", true)]
    [InlineData("", "fr_CA.UTF-8", "en_US.UTF-8", true)]
    [InlineData("", "", "fr", true)]
    [InlineData("C.UTF-8", "fr_FR.UTF-8", "fr_FR.UTF-8", false)]
    [InlineData("", "en_GB.UTF-8", "fr_FR.UTF-8", false)]
    [InlineData("", "", "de_DE.UTF-8", false)]
    [InlineData("", "", "", false)]
    public async Task French_where_the_machine_is_French_and_English_elsewhere(
        string all,
        string messages,
        string language,
        bool isFrench
    )
    {
        var (exit, said) = await Run(Environment(all, messages, language), ["keys", "--help"]);

        exit.ShouldBe(0);
        said.ShouldContain(
            isFrench ? "Les clés d’API des exploitants et des établissements." : "API keys of operators and schools."
        );
        said.ShouldContain(isFrench ? "Le dossier de la base et des fichiers" : "The folder of the store and the files");
    }

    [Theory]
    [InlineData(
        "C",
        "chekc",
        "error: chekc: no such option or command; did you mean check? GroupTicketing --help lists them all"
    )]
    [InlineData(
        "fr_FR.UTF-8",
        "chekc",
        "erreur : chekc : option ou commande inconnue ; vouliez-vous dire check ? GroupTicketing --help les donne toutes"
    )]
    [InlineData(
        "C",
        "keys new lyon --lable x",
        "error: --lable: no such option or command; did you mean --label? GroupTicketing keys new --help lists them all"
    )]
    [InlineData(
        "C",
        "check --direktory x",
        "error: --direktory: no such option or command; did you mean --directory? GroupTicketing check --help lists them all"
    )]
    [InlineData(
        "C",
        "run --frobnicate",
        "error: --frobnicate: no such option or command; GroupTicketing run --help lists them all"
    )]
    [InlineData(
        "C",
        "keys revoke",
        "error: Required argument 'id' missing for command: 'revoke'; GroupTicketing keys revoke --help says how"
    )]
    public async Task What_is_not_understood_is_one_line(string language, string typed, string line)
    {
        var (exit, said) = await Run(Environment(language, "", ""), typed.Split(' '));

        (exit, said.Trim()).ShouldBe((1, line));
    }

    [Theory]
    [InlineData("Usage:", "Utilisation :")]
    [InlineData("Show help and usage information", "Afficher l’aide")]
    public async Task Help_is_in_one_language(string english, string french)
    {
        (await Run("check", "--help")).Said.ShouldContain(english);
        var (_, said) = await Run(French, ["check", "--help"]);

        said.Replace('\u00a0', ' ').ShouldContain(french);
        said.ShouldNotContain(english);
    }

    [Fact]
    public async Task What_check_finds_is_said_in_French()
    {
        Folders.Copy(Demo.Folder, Files);
        (await Check("gateway")).ShouldSatisfyAllConditions(
            answer => answer.Exit.ShouldBe(0, answer.Said),
            answer => answer.Said.ShouldContain($"{Files} : 2 briques, 2 établissements : aucune erreur"),
            answer => answer.Said.ShouldContain("note : lyon, toulouse : ne voient rien de ce que le groupe ouvre pour eux"));
        Change("schools/lyon.yaml", "tool: rt5", "tool: rt9\nfrobnicate: 1");

        var (exit, said) = await Check("gateway,billing");

        exit.ShouldBe(1);
        said.ShouldContain("erreur : --services billing : ce service n’existe pas ; connus : gateway, intake");
        said.ShouldMatch(@"erreur : .*lyon\.yaml:\d+: lyon : « frobnicate » n’est pas une clé connue : connus : ");
        said.ShouldMatch(@"erreur : .*lyon\.yaml:\d+: l’outil « rt9 » n’a pas de dialecte ici : connus : generic, rt5");
    }

    [Fact]
    public async Task What_is_wrong_with_settings_and_secrets_is_said_in_French()
    {
        string[] check = ["check", "--services", "itop,notification", "--directory", Demo.Folder, "--data", Data];
        var (exit, said) = await Run(French, check);

        exit.ShouldBe(1);
        said.ShouldContain("erreur : réglage Bus:Url : des services séparés ont besoin de RabbitMQ entre eux");
        said.ShouldContain("erreur : réglage Itop:Url : donner l’adresse d’iTop");
        said.ShouldMatch(@"erreur : .*lyon\.yaml:\d+: un secret écrit dans le fichier est connu de tous");
        said.ShouldMatch(@"erreur : .*lyon\.yaml: callback: http://127\.0\.0\.1 n’est pas en https");
        said.ShouldNotContain("error:");
    }

    [Fact]
    public async Task What_keys_status_and_backup_say_is_French_and_what_machines_read_is_not()
    {
        (await Run(French, ["keys", "list", "--data", Data])).ShouldBe(
            (1, $"erreur : {Data} ne contient pas de base ; le premier démarrage la crée : run --first\n"));
        await new Platform.SqliteStore(Platform.PlatformSetup.StoreFile(Data)).DisposeAsync();
        string[] made = ["keys", "new", "operator:zoe", "--data", Data];
        (await Run(French, made)).Exit.ShouldBe(0);
        (await Run(French, made)).Exit.ShouldBe(0);

        (await Run(French, made)).ShouldBe((1, "erreur : operator:zoe a déjà 2 clés actives ; en révoquer une d’abord\n"));
        var listed = await Run(French, ["keys", "list", "--data", Data]);
        listed.Said.ShouldMatch(@"^\w{8}  operator:zoe +créée \d{4}-.*  active ");
        var backup = await Run(French, ["backup", Path.Combine(folder, "b.tar"), "--data", Data]);
        backup.Said.ShouldMatch(@"b\.tar : \d+ Kio, relue et entière");
        var status = await Run(French, ["status", "--data", Data, "--urls", "http://127.0.0.1:1"]);
        status.Said.ShouldStartWith("GROUPTICKETING CRITICAL - http://127.0.0.1:1/readyz : ");
    }

    [Fact]
    public async Task A_refusal_to_start_is_said_in_French()
    {
        var settings = Demo.Outside.ToDictionary(one => one.Name, one => one.Value);
        settings["GROUPTICKETING__Itop__Url"] = "http://127.0.0.1:1/";
        settings["GROUPTICKETING__Itop__User"] = settings["GROUPTICKETING__Itop__Password"] = "x";
        settings["LC_ALL"] = "fr";
        var urls = Ports.FreeAddress().ToString().TrimEnd('/');
        string[] run = ["run", "--insecure-demo", "--directory", Demo.Folder, "--data", Data, "--urls", urls];

        var (exit, said) = await Run(settings, run);

        exit.ShouldBe(1);
        said.ShouldStartWith($"erreur : {Data} ne contient pas de base : monter le bon dossier");
    }

    Task<(int Exit, string Said)> Check(string services) =>
        Run(French, ["check", "--services", services, "--insecure-demo", "--directory", Files]);

    void Change(string file, string old, string now) =>
        File.WriteAllText(Path.Combine(Files, file), File.ReadAllText(Path.Combine(Files, file)).Replace(old, now));

    static Dictionary<string, string> Environment(string all, string messages, string language) =>
        new()
        {
            ["LC_ALL"] = all,
            ["LC_MESSAGES"] = messages,
            ["LANG"] = language,
        };
}
