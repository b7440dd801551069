using System.Text.Json.Nodes;
using GroupTicketing.Simulators.Itop;
using Microsoft.AspNetCore.Builder;

namespace GroupTicketing.Tests.Simulators;

/// <summary>A simulated iTop on a port of its own, with the demo's catalogue.</summary>
sealed class Itop : IAsyncDisposable
{
    readonly WebApplication server;

    Itop(WebApplication server) => this.server = server;

    public HttpClient Http { get; } = new();

    public static async Task<Itop> Start(string? folder = null, TimeSpan latency = default)
    {
        folder ??= Directory.CreateTempSubdirectory("itop").FullName;
        var itop = new Itop(ItopServer.Build(new ItopOptions("http://127.0.0.1:0", folder, Tree.Path("deploy/demo/itop-seed.json"), latency), TimeProvider.System));
        await itop.server.StartAsync();
        itop.Http.BaseAddress = new Uri(itop.server.Urls.First());
        return itop;
    }

    public async Task<JsonNode> Call(JsonNode json, string user = "connecteur") => await Post(new Dictionary<string, string>
    {
        ["version"] = "1.3",
        ["auth_user"] = user,
        ["auth_pwd"] = $"demo-{user}",
        ["json_data"] = json.ToJsonString(),
    });

    public async Task<JsonNode> Post(Dictionary<string, string> form, CancellationToken ct = default)
    {
        using var response = await Http.PostAsync("/webservices/rest.php", new FormUrlEncodedContent(form), ct);
        ((int)response.StatusCode).ShouldBe(200, "iTop answers 200 to every application error");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!;
    }

    public Task<JsonNode> Create(string title, string itopClass = "UserRequest", JsonObject? more = null)
    {
        var fields = new JsonObject
        {
            ["org_id"] = Key("Organization", "INSA Lyon"),
            ["caller_id"] = Key("Person", "INSA Lyon"),
            ["title"] = title,
            ["description"] = "D",
        };
        foreach (var (name, value) in more ?? [])
            fields[name] = value?.DeepClone();
        return Call(Operation("core/create", itopClass, fields: fields, output: "id,ref"));
    }

    public Task<JsonNode> Get(object key, string output = "*") => Call(Operation("core/get", "UserRequest", key, output: output));

    public Task Fault(object faults) => Http.PostAsync("/sim/faults", new StringContent(System.Text.Json.JsonSerializer.Serialize(faults), null, "application/json"));

    public async Task<string[]> Ledger() => (await Http.GetStringAsync("/sim/ledger")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static JsonObject Operation(string operation, string itopClass, object? key = null, JsonObject? fields = null, string output = "id") => new()
    {
        ["operation"] = operation,
        ["comment"] = "test",
        ["class"] = itopClass,
        ["key"] = key is null ? null : JsonValue.Create(key),
        ["fields"] = fields,
        ["output_fields"] = output,
    };

    public static string Key(string itopClass, string name) => $"SELECT {itopClass} WHERE name = '{name}'";

    public static JsonNode Only(JsonNode answer) => answer["objects"]!.AsObject().Single().Value!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
    }
}
