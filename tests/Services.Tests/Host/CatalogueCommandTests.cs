using GroupTicketing.Registry;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary>The catalogue's commands as a person types them on a French machine, against an iTop that was just set up.</summary>
public sealed class CatalogueCommandTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    FreshItop itop = null!;

    string PasswordFile => Path.Combine(folder, "admin");

    public async ValueTask InitializeAsync()
    {
        itop = await FreshItop.Start();
        File.WriteAllText(PasswordFile, FreshItop.Password + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        await itop.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Check_says_every_fault_of_the_file_at_once()
    {
        (await Run(French, ["catalogue", "check", FreshItop.PilotFile])).ShouldBe(
            (0, $"{FreshItop.PilotFile} : 2 briques, 2 services, 7 établissements participants : aucune erreur\n"));
        var broken = Path.Combine(folder, "broken.yaml");
        File.WriteAllText(
            broken,
            File.ReadAllText(FreshItop.PilotFile)
                .Replace("        teams: [Support OpenMoodle]\n", "")
                .Replace(", Retour école] }", "] }")
        );

        var (exit, said) = await Run(French, ["catalogue", "check", broken]);

        exit.ShouldBe(1);
        said.ShouldMatch(@"erreur : .*broken\.yaml:\d+: la brique « OpenMoodle » n’a aucun intervenant");
        said.ShouldMatch(
            @"erreur : .*broken\.yaml:\d+: le modèle de support « Support du groupe INSA » n’a pas l’équipe"
        );

        (exit, said) = await Run("catalogue", "check", broken);

        exit.ShouldBe(1);
        said.ShouldMatch(@"error: .*broken\.yaml:\d+: the brique 'OpenMoodle' has no intervenant");
        said.ShouldMatch(
            @"error: .*broken\.yaml:\d+: the delivery model 'Support du groupe INSA' lacks the team 'Retour école'"
        );
        (await Run(French, ["catalogue", "check", broken, "--lang", "en"])).ShouldBe((1, said), "what was typed goes before");
    }

    [Fact]
    public async Task Plan_writes_nothing_apply_does_it_and_a_second_apply_has_nothing_to_do()
    {
        var (exit, said) = await Administrator("plan", FreshItop.PilotFile);
        exit.ShouldBe(0, said);
        said.ShouldContain("+ brique « Scénari »\n");
        said.ShouldContain("+ sous-service « Scénari > Gestion des comptes > Création de compte »\n");
        said.ShouldMatch(@"\d+ à créer, 0 à modifier, 0 inconnus du fichier, 0 à régler d’abord par une personne\.\n$");
        (await itop.Ledger()).ShouldBeEmpty();

        (exit, said) = await Administrator("apply", FreshItop.PilotFile);
        exit.ShouldBe(0, said);
        said.ShouldContain("fait : + compte « connecteur »\n");
        said.ShouldMatch(@"mot de passe de connecteur, montré cette seule fois : \S{20}\n");

        (await Administrator("apply", FreshItop.PilotFile)).ShouldBe((0, "iTop est conforme au fichier : rien à faire.\n"));
        (await Administrator("plan", FreshItop.PilotFile, "--lang", "en")).ShouldBe(
            (0, "iTop is as the file says: nothing to do.\n"));
    }

    [Fact]
    public async Task What_a_person_must_settle_first_stops_everything()
    {
        foreach (var _ in (int[])[1, 2])
            await itop.Itop.Call(
                new()
                {
                    ["operation"] = "core/create",
                    ["class"] = "ServiceFamily",
                    ["comment"] = "c",
                    ["fields"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "Scenari" },
                    ["output_fields"] = "id",
                },
                default
            );

        var (exit, said) = await Administrator("apply", FreshItop.PilotFile);

        exit.ShouldBe(1);
        said.ShouldContain("! brique « Scénari » : plusieurs portent ce nom dans iTop (identifiants 1, 2) ; en renommer\n");
        said.ShouldContain("Rien n’a été écrit");
        (await itop.Ledger()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_account_that_may_not_read_all_is_told_so_and_applies_nothing()
    {
        var passwords = await itop.Apply(FreshItop.Pilot.Items);
        File.WriteAllText(PasswordFile, passwords["connecteur"]);

        var (exit, said) = await Catalogue("connecteur", "apply", FreshItop.PilotFile);

        exit.ShouldBe(1);
        said.ShouldContain("! compte : ce compte ne peut pas les lire dans iTop ; non comparé");

        File.WriteAllText(PasswordFile, passwords["denis.dieupart-ruel"]);
        (exit, said) = await Catalogue("denis.dieupart-ruel", "plan", FreshItop.PilotFile);
        exit.ShouldBe(1);
        said.ShouldStartWith("erreur : le compte n’a pas le profil « REST Services User »");
    }

    [Fact]
    public async Task Stopped_it_says_to_wait_and_go_on()
    {
        await itop.Fault(new { readOnly = true });

        var (exit, said) = await Administrator("apply", FreshItop.PilotFile);

        exit.ShouldBe(1);
        said.ShouldContain("Arrêté : les écritures sont refusées : iTop est en lecture seule");
        said.ShouldContain("attendre une minute puis relancer");
    }

    [Fact]
    public async Task What_iTop_refuses_is_named_by_its_line_of_the_file_with_iTop_s_own_sentence()
    {
        var file = Path.Combine(folder, "apart.yaml");
        var lines = File.ReadAllText(FreshItop.PilotFile)
            .Replace(
                "  - { firstName: Richter, name: Elric, organisation: INSA Strasbourg }",
                "  - { firstName: Richter, name: Elric, organisation: Ailleurs }"
            )
            .Replace("organisations:\n", "organisations:\n  - { name: Ailleurs }\n");
        File.WriteAllText(file, lines);
        var line = lines.Split('\n').Index().Single(one => one.Item.Contains("login: richter.elric")).Index + 1;

        var (exit, said) = await Administrator("apply", file);

        exit.ShouldBe(1);
        said.ShouldContain($"{file}, ligne {line} : compte « richter.elric » n’a pas été fait.\n");
        said.ShouldContain("iTop dit : « Les organisations permises doivent contenir l'organisation de l'utilisateur »\n");
        said.ShouldContain("fait : + compte « hamid.lefleurier »\n", customMessage: "those before it are done");

        File.WriteAllText(file, lines.Replace("{ name: Ailleurs }", "{ name: Ailleurs, parent: INSA Groupe }"));
        (exit, said) = await Administrator("apply", file, "--lang", "en");
        exit.ShouldBe(0, said);
    }

    [Fact]
    public async Task One_moves_to_another_iTop_by_export_and_apply()
    {
        await itop.Apply(FreshItop.Pilot.Items);
        await using var other = await FreshItop.Start();
        var file = Path.Combine(folder, "exported.yaml");

        (await Administrator("export", file)).ShouldBe((0, ""));
        (await Administrator("export")).Said.ShouldBe(File.ReadAllText(file), "a file, or the standard output");
        (await Administrator("export", file)).Said.ShouldBe($"erreur : {file} existe déjà : en nommer un autre\n");
        (
            await Run(
                "catalogue",
                "apply",
                file,
                "--itop-url",
                $"{other.Url}",
                "--itop-user",
                FreshItop.Administrator,
                "--itop-password-file",
                PasswordFile
            )
        ).Exit.ShouldBe(0);

        (await other.Planned(FreshItop.Pilot.Items)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_no_catalogue_can_name_is_told_and_left()
    {
        await itop.Apply(FreshItop.Pilot.Items);
        var provider = (await itop.Has()).From(ItopKind.Organisation).First(found => found.Item.Path == "INSA Groupe").Id;
        await itop.Itop.Call(
            new()
            {
                ["operation"] = "core/create",
                ["class"] = "Service",
                ["comment"] = "c",
                ["fields"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "Orphelin", ["org_id"] = provider },
                ["output_fields"] = "id",
            },
            default
        );

        (await Administrator("plan", FreshItop.PilotFile)).Said
            .ShouldContain("? service « Orphelin » : dans iTop, rattaché à rien");
        (await Administrator("export")).Said.ShouldContain("# ? service « Orphelin »");
    }

    [Fact]
    public async Task Without_an_address_or_an_answer_it_says_what_is_wrong()
    {
        var (exit, said) = await Run("catalogue", "plan", FreshItop.PilotFile);
        exit.ShouldBe(1);
        said.ShouldContain("error: setting Itop:Url");
        said.ShouldContain("error: setting Itop:User");

        (exit, said) = await Run(
            "catalogue",
            "plan",
            FreshItop.PilotFile,
            "--itop-url",
            $"{Ports.FreeAddress()}",
            "--itop-user",
            "x",
            "--itop-password-file",
            PasswordFile
        );
        (exit, said).ShouldBe((1, "error: no connection to iTop\n"));
    }

    Task<(int Exit, string Said)> Administrator(params string[] arguments) => Catalogue(FreshItop.Administrator, arguments);

    Task<(int Exit, string Said)> Catalogue(string user, params string[] arguments) =>
        Run(French, [
            "catalogue", .. arguments, "--itop-url", $"{itop.Url}", "--itop-user", user, "--itop-password-file", PasswordFile,
        ]);
}
