using System.Text.Json.Nodes;

namespace GroupTicketing.Tests.Simulators;

/// <summary>The simulated iTop answers as the observed one did: envelope, codes, messages, members and their types.</summary>
public class AsRecorded
{
    [Theory]
    [InlineData("065")]
    [InlineData("067")]
    [InlineData("068")]
    [InlineData("069")]
    [InlineData("070")]
    [InlineData("071")]
    [InlineData("074")]
    [InlineData("094")]
    [InlineData("113")]
    [InlineData("114")]
    public Task A_create(string recording) => Replay(recording, "T");

    [Theory]
    [InlineData("138")]
    [InlineData("139")]
    [InlineData("140")]
    [InlineData("141")]
    [InlineData("142")]
    [InlineData("143")]
    [InlineData("144")]
    [InlineData("151")]
    public Task A_read(string recording) => Replay(recording, "Demande complète");

    [Fact]
    public Task The_public_log() => Replay("183 184 185 194 195 222", "Mise à jour");

    [Fact]
    public Task A_file() => Replay("347 348 349", "Avec un fichier");

    [Fact]
    public Task A_life() => Replay(string.Join(' ', Recording.Between(284, 318).Select(one => one.Name)), "Cycle de vie", classified: true);

    [Fact]
    public Task A_life_without_a_request_type() => Replay("319 320 321", "Sans type");

    [Theory]
    [InlineData("029", "connecteur", "demo-connecteur")]
    [InlineData("030", "connecteur", "wrong")]
    [InlineData("031", "nobody", "demo-connecteur")]
    [InlineData("032", null, null)]
    [InlineData("033", "connecteur", null)]
    [InlineData("034", "connecteur", "")]
    public async Task A_login(string recording, string? user, string? password)
    {
        await using var itop = await Itop.Start();
        var form = new Dictionary<string, string> { ["version"] = "1.3", ["json_data"] = """{"operation":"list_operations"}""" };
        if (user is not null)
            form["auth_user"] = user;
        if (password is not null)
            form["auth_pwd"] = password;

        var answer = await itop.Post(form);

        var recorded = Recording.Of(recording).Response;
        answer["code"]!.GetValue<int>().ShouldBe(recorded["code"]!.GetValue<int>());
        answer["message"]!.GetValue<string>().ShouldBe(recorded["message"]!.GetValue<string>());
        Verbs(answer).ShouldBe(Verbs(recorded));
    }

    static IEnumerable<string> Verbs(JsonNode answer) => (answer["operations"] as JsonArray ?? []).Select(one => one!["verb"]!.GetValue<string>());

    static async Task Replay(string recordings, string title, bool classified = false)
    {
        await using var itop = await Itop.Start();
        var more = classified ? new JsonObject { ["service_id"] = Itop.Key("Service", "Gestion des comptes"), ["servicesubcategory_id"] = Itop.Key("ServiceSubcategory", "Création de compte") } : null;
        var ticket = Itop.Only(await itop.Create(title, more: more));
        foreach (var recording in recordings.Split(' ').Select(Recording.Of))
        {
            var answer = await itop.Call(Ours(recording.Call, ticket), recording.User);
            recording.ShouldBeAnsweredLike(answer);
        }
    }

    /// <summary>The recorded call with our ids in place of the observed iTop's.</summary>
    static JsonObject Ours(JsonObject call, JsonNode ticket)
    {
        var reference = ticket["fields"]!["ref"]!.GetValue<string>();
        call["key"] = call["key"] switch
        {
            JsonValue key when key.TryGetValue<int>(out var id) && id != 99999 => call["class"]!.GetValue<string>() == "Attachment" ? 1 : int.Parse(ticket["key"]!.GetValue<string>()),
            { } key => JsonNode.Parse(key.ToJsonString().Replace("R-000023", reference).Replace("item_id=56", $"item_id={ticket["key"]}")),
            null => null,
        };
        foreach (var (name, mine) in Mine(ticket))
            if (call["fields"]?[name] is not null)
                call["fields"]![name] = mine;
        return call;
    }

    static Dictionary<string, string> Mine(JsonNode ticket) => new()
    {
        ["org_id"] = Itop.Key("Organization", "INSA Lyon"),
        ["item_org_id"] = Itop.Key("Organization", "INSA Lyon"),
        ["caller_id"] = Itop.Key("Person", "INSA Lyon"),
        ["team_id"] = Itop.Key("Team", "Support Scénari"),
        ["agent_id"] = Itop.Key("Person", "Aubier"),
        ["item_id"] = ticket["key"]!.GetValue<string>(),
    };
}
