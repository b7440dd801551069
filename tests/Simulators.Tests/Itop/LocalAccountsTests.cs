using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>Accounts made by REST, as recordings 011 to 013 and 039 to 041 show them; what only administrators see; ids
/// that siblings share (391 to 394).</summary>
public sealed class LocalAccountsTests : IAsyncLifetime
{
    private RunningItop _itop = null!;

    public async ValueTask InitializeAsync() => _itop = await RunningItop.Start();

    public ValueTask DisposeAsync() => _itop.DisposeAsync();

    [Fact]
    public async Task A_weak_password_is_refused() =>
        Message(await Account("weakpw", "abc", await Profile("Support Agent")))
            .ShouldBe(
                "Error: Le mot de passe doit contenir au moins 8 caractères, avec minuscule, majuscule, nombre et "
                + "caractère spécial.: issues = "
                    + "{0=>Le mot de passe doit contenir au moins 8 caractères, avec minuscule, majuscule, nombre et "
                    + "caractère spécial.}, class = UserLocal, id = -1"
            );

    [Fact]
    public async Task An_account_without_a_profile_is_refused() =>
        Message(await Account("noprofile", "Connecteur-2026!"))
            .ShouldBe(
                "Error: L'utilisateur doit avoir au moins un profil.: issues = {0=>L'utilisateur doit avoir au moins un "
                + "profil.}, class = UserLocal, id = -1"
            );

    [Fact]
    public async Task An_account_shows_its_profiles_and_never_its_password()
    {
        var made = await Account("nouveau", "Nouveau-2026!", await Profile("REST Services User"), await Profile("Support Agent"));

        var fields = RunningItop.Fields(made);
        fields["profile_list"]!.AsArray().Select(one => $"{one!["profile"]}").ShouldBe(["REST Services User", "Support Agent"]);
        fields["password"]!.ToString().ShouldBe("*****");
        var again = await Account("nouveau", "Nouveau-2026!", await Profile("Support Agent"));
        (Message(again) ?? "").ShouldContain("déjà utilisé");
    }

    [Fact]
    public async Task Its_organisations_must_hold_its_person_s_or_one_above_that()
    {
        var above = Key(await Made("Organization", new { name = "Groupe" }));
        var school = Key(await Made("Organization", new { name = "Ecole" }));
        var person = Key(await Made("Person", new { name = "Un", first_name = "Une", org_id = school }));
        var profile = await Profile("Support Agent");

        Message(await Limited("avant"))
            .ShouldStartWith("Error: Les organisations permises doivent contenir l'organisation de l'utilisateur: issues = {0=>");
        await _itop.Call(
            new
            {
                operation = "core/update",
                @class = "Organization",
                key = school,
                comment = "c",
                fields = new { parent_id = above },
                output_fields = "id",
            },
            "admin"
        );
        Message(await Limited("apres")).ShouldBeNull();

        Task<JsonObject> Limited(string login) => Made("UserLocal", new
        {
            login,
            password = "Nouveau-2026!",
            language = "FR FR",
            contactid = person,
            profile_list = new[] { new { profileid = profile } },
            allowed_org_list = new[] { new { allowed_org_id = above } },
        });
    }

    [Theory]
    [InlineData("REST Services User", null)]
    [InlineData(
        "Support Agent",
        "Error: This user is not authorized to use the web services. (The profile REST Services User is required to "
        + "access the REST web services)"
    )]
    [InlineData("Portal user", "Error: Portal user is not allowed")]
    public async Task The_rest_is_for_whom_its_profiles_allow(string profile, string? refused)
    {
        await Account("nouveau", "Nouveau-2026!", await Profile(profile));

        Message(
                await _itop.Call(
                    new
                    {
                        operation = "core/get",
                        @class = "Team",
                        key = "SELECT Team",
                        output_fields = "name",
                    },
                    "nouveau"
                )
            )
            .ShouldBe(refused ?? "Found: 2");
    }

    [Theory]
    [InlineData("UserLocal")]
    [InlineData("URP_Profiles")]
    [InlineData("TriggerOnObjectCreate")]
    [InlineData("ActionEmail")]
    [InlineData("CMDBChangeOp")]
    public async Task Only_administrators_see_it(string itopClass)
    {
        var call = new { operation = "core/get", @class = itopClass, key = $"SELECT {itopClass}", output_fields = "id" };

        Message(await _itop.Call(call))
            .ShouldBe($"The current user does not have enough permissions for reading data of class {itopClass}");
        (await _itop.Call(call, "admin"))["code"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Triggers_of_every_kind_share_their_ids()
    {
        var first = await Made("TriggerOnObjectCreate", new { description = "a", target_class = "UserRequest" });
        var second = await Made(
            "TriggerOnStateEnter",
            new
            {
                description = "b",
                target_class = "UserRequest",
                state = "assigned",
            }
        );

        (Key(first), Key(second)).ShouldBe(("1", "2"));
    }

    private async Task<string> Profile(string name) =>
        Key(
            await _itop.Call(
                new
                {
                    operation = "core/get",
                    @class = "URP_Profiles",
                    key = new { name },
                    output_fields = "id",
                },
                "admin"
            )
        );

    private Task<JsonObject> Account(string login, string password, params string[] profiles) =>
        Made(
            "UserLocal",
            new
            {
                login,
                password,
                language = "FR FR",
                status = "enabled",
                profile_list = profiles.Select(id => new { profileid = id }).ToArray(),
            }
        );

    private Task<JsonObject> Made(string itopClass, object fields) =>
        _itop.Call(new { operation = "core/create", comment = "test", @class = itopClass, fields, output_fields = "*" }, "admin");

    private static string Key(JsonObject answer) => answer["objects"]!.AsObject().Single().Value!["key"]!.ToString();

    private static string? Message(JsonObject answer) => answer["message"]?.ToString();
}
