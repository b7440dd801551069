using System.Text.Json.Nodes;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary>
/// The doctor as a person calls it on a French machine, on a simulated iTop: its accounts answer in French, its web server takes
/// 24 MiB.
/// </summary>
public sealed class DoctorCommandTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    FreshItop itop = null!;
    IReadOnlyDictionary<string, string> passwords = null!;

    public async ValueTask InitializeAsync()
    {
        (itop, passwords) = await FreshItop.Piloted();
        foreach (var file in (string[])["catalogue.yaml", "calendar.yaml", "schools/lyon.yaml.example"])
        {
            Directory.CreateDirectory(Path.Combine(folder, "schools"));
            File.Copy(Path.Combine(Demo.Root, "deploy", "pilot", file), Path.Combine(folder, file.Replace(".example", "")));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await itop.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_the_pilot_s_catalogue_was_applied_the_connector_can_work()
    {
        await itop.Fault(new { largestBodyMiB = 24 });

        var (exit, said) = await Doctor("connecteur");

        exit.ShouldBe(0, said);
        said.ShouldContain("[ok] iTop répond et accepte le compte.");
        said.ShouldContain("[ok] Le compte peut créer, modifier et faire avancer les demandes.");
        said.ShouldContain("[ok] Tout ce que nomment les routes et les fichiers des établissements est dans iTop.");
        said.ShouldContain("[!]  Le serveur web d’iTop n’accepte pas plus de 24 Mio ; il en faut 36.");
        said.ShouldContain("[?]  Les notifications d’iTop ne sont pas lisibles avec ce compte.");
        said.ShouldContain("[!]  Des équipes n’ont pas d’adresse dans iTop : C2IP, Support OpenMoodle, Support Scénari.");
        said.ShouldContain("[?]  Le fuseau d’iTop ne se lit pas");
        said.ShouldMatch(@"\[ok\] Un appel prend \d+ ms \(médiane de \d+\)\.");
        said.ShouldContain("Le connecteur peut travailler : 0 à corriger");
        (await itop.Ledger()).ShouldAllBe(line => line.Contains("\"login\":\"admin\""), "it wrote nothing");
    }

    [Fact]
    public async Task A_school_that_has_unknown_requesters_created_needs_a_right_more()
    {
        var file = Path.Combine(folder, "schools", "lyon.yaml");
        File.WriteAllText(
            file,
            File.ReadAllText(file)
                .Replace("caller: support  ", "caller: requester")
                .Replace("unknownCaller: support", "unknownCaller: create")
                .Replace("mirrorFrom:", "# mirrorFrom:")
        );

        var (exit, said) = await Doctor("connecteur");

        exit.ShouldBe(0, said);
        said.ShouldContain(
            "[!]  Le compte ne peut pas créer de personne, et un établissement le demande (unknownCaller: create)."
        );
        said.ShouldContain("[!]  Ce que le groupe ouvre dans iTop pour eux reste invisible à : INSA");
        said.ShouldContain("Configuration Manager");
        await itop.Grant("connecteur", "Configuration Manager");
        (await Doctor("connecteur")).Said.ShouldContain("[ok] Le compte peut créer les demandeurs inconnus d’iTop");
    }

    [Fact]
    public async Task The_optional_module_is_seen()
    {
        (await Doctor("connecteur")).Said.ShouldContain(
            "[?]  Le module facultatif n’est pas installé : la clé d’un ticket est au début de son titre."
        );

        await itop.Install(module: true);

        (await Doctor("connecteur")).Said.ShouldContain(
            "[ok] Le module facultatif est installé : la clé de chaque ticket est dans external_ref, et unique."
        );
    }

    [Fact]
    public async Task A_try_tells_the_zone_the_author_and_the_rights_and_leaves_a_closed_request()
    {
        var (exit, said) = await Doctor("connecteur", "--try-ticket");

        exit.ShouldBe(0, said);
        said.ShouldContain("[ok] iTop écrit ses dates à l’heure de Paris.");
        said.ShouldContain("[ok] La demande d’essai R-000001 a été ouverte, complétée, jointe d’un fichier et fermée.");
        said.ShouldContain("[!]  Le compte n’est pas en anglais (iTop répond « non »).");
        (await itop.Itop.Get("UserRequest", "SELECT UserRequest", "status", default))
            .ShouldHaveSingleItem()
            .Text("status")
            .ShouldBe("closed");
    }

    [Fact]
    public async Task What_stops_the_connector_is_told_and_exits_1()
    {
        await itop.Itop.Call(
            new()
            {
                ["operation"] = "core/update",
                ["class"] = "Team",
                ["key"] = new JsonObject { ["name"] = "C2IP" },
                ["comment"] = "c",
                ["fields"] = new JsonObject { ["name"] = "Centre" },
                ["output_fields"] = "id",
            },
            default
        );
        await itop.Fault(new { readOnly = true });

        var (exit, said) = await Doctor("connecteur", "--lang", "en");

        exit.ShouldBe(1);
        said.ShouldContain("[X]  team \"C2IP\" is missing in iTop.");
        said.ShouldContain("[X]  The account may not write requests, or iTop is read-only.");
        said.ShouldContain("      To do: run this again in some minutes");
        said.ShouldContain("The connector cannot work like this: 3 to mend");
    }

    [Theory]
    [InlineData("support.lyon", "[X]  Le compte a le profil « Portal user ».")]
    [InlineData("denis.dieupart-ruel", "[X]  Le compte n’a pas le profil « REST Services User ».")]
    [InlineData("inconnu", "[X]  iTop refuse le compte ou son mot de passe.")]
    public async Task An_account_that_iTop_does_not_let_in_is_told_why(string login, string told)
    {
        var (exit, said) = await Doctor(login);

        (exit, said.Contains(told), said.Split('\n').Length).ShouldBe((1, true, 5), said);
    }

    [Theory]
    [InlineData("SELECT Team WHERE id = :this->team_id", "", "[ok] Une équipe reçoit un courriel pour chaque nouvelle demande.")]
    [InlineData(
        "SELECT Team WHERE id = :this->team_id",
        "GUI:Console",
        "[!]  Aucune notification active n’écrit à l’équipe d’une nouvelle demande.")]
    [InlineData(
        "SELECT Person WHERE id = :this->caller_id",
        "GUI:Console",
        "[!]  Des notifications actives écrivent au demandeur d’iTop : Nouvelle demande.")]
    public async Task An_administrator_sees_whom_iTop_mails(string to, string context, string told)
    {
        var action = await Make("ActionEmail", new() { ["name"] = "Nouvelle demande", ["status"] = "enabled", ["to"] = to });
        await Make("TriggerOnObjectCreate", new()
        {
            ["description"] = "création", ["context"] = context, ["target_class"] = "UserRequest",
            ["action_list"] = new JsonArray(new JsonObject { ["action_id"] = action, ["order"] = "1" }),
        });
        await Make(
            "ModuleInstallation",
            new()
            {
                ["name"] = "iTop",
                ["version"] = "3.1.0-11973",
                ["installed"] = "2025-01-01 10:00:00",
            }
        );
        await Make(
            "ModuleInstallation",
            new()
            {
                ["name"] = "iTop",
                ["version"] = "3.2.0-14758",
                ["installed"] = "2026-01-01 10:00:00",
            }
        );
        File.WriteAllText(Path.Combine(folder, "password"), FreshItop.Password);

        var (_, said) = await Doctor(FreshItop.Administrator);

        said.ShouldContain(told);
        said.ShouldContain("[ok] iTop 3.2.0-14758.");
        said.ShouldContain("[!]  Aucune notification active n’écrit à l’agent d’une demande affectée");
        said.ShouldContain("[!]  Le compte est administrateur d’iTop.");
    }

    [Fact]
    public async Task HTTP_Basic_cuts_a_password_at_a_colon_and_the_doctor_says_so()
    {
        var profiles = await itop.Itop.Get(
            "URP_Profiles",
            "SELECT URP_Profiles WHERE name IN ('REST Services User', 'Support Agent')",
            "name",
            default
        );
        await Make(
            "UserLocal",
            new()
            {
                ["login"] = "colon",
                ["password"] = "Colon:2026!",
                ["language"] = "EN US",
                ["profile_list"] = new JsonArray([.. profiles.Select(profile => new JsonObject { ["profileid"] = profile.Key })]),
            }
        );
        File.WriteAllText(Path.Combine(folder, "password"), "Colon:2026!");

        (await Run(French, Typed("colon"))).Said
            .ShouldContain("[!]  HTTP Basic refuse ce compte, dont le mot de passe contient « : ».");
    }

    [Fact]
    public async Task An_iTop_under_maintenance_or_gone_is_told_as_such()
    {
        await itop.Fault(new { maintenance = true });
        (await Doctor("connecteur")).ShouldSatisfyAllConditions(
            answer => answer.Exit.ShouldBe(1),
            answer => answer.Said.ShouldContain("[X]  iTop est en maintenance (HTTP 503).")
        );
    }

    async Task<string> Make(string itopClass, JsonObject fields) =>
        (
            await itop.Itop.Call(
                new()
                {
                    ["operation"] = "core/create",
                    ["class"] = itopClass,
                    ["comment"] = "c",
                    ["fields"] = fields,
                    ["output_fields"] = "id",
                },
                default
            )
        )[0].Key;

    Task<(int Exit, string Said)> Doctor(string login, params string[] also)
    {
        var file = Path.Combine(folder, "password");
        if (!File.Exists(file))
            File.WriteAllText(file, passwords.GetValueOrDefault(login) ?? "unknown");
        return Run(French, [.. Typed(login), .. also]);
    }

    string[] Typed(string login) =>
        [
            "itop",
            "doctor",
            "--directory",
            folder,
            "--itop-url",
            $"{itop.Url}",
            "--itop-user",
            login,
            "--itop-password-file",
            Path.Combine(folder, "password"),
        ];
}
