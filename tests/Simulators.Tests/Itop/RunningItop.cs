using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Simulators.Itop;
using Microsoft.AspNetCore.Builder;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>A simulated iTop on a free port with its own folder, and a small client that speaks to it as a connector
/// does.</summary>
public sealed class RunningItop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private RunningItop(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public string Folder { get; }

    public HttpClient Http { get; }

    public static async Task<RunningItop> Start(
        string seed = "seed.json",
        int latencyMs = 0,
        string? folder = null,
        TimeProvider? clock = null,
        bool module = false
    )
    {
        var own = folder ?? Directory.CreateTempSubdirectory("itop-").FullName;
        var path = Path.Combine(AppContext.BaseDirectory, seed);
        var app = ItopServer.Build(
            new ItopOptions("http://127.0.0.1:0", own, path, latencyMs, module),
            clock ?? TimeProvider.System
        );
        await app.StartAsync();
        return new RunningItop(app, own, folder is null);
    }

    public Task<JsonObject> Call(object json, string user = "connecteur") => Call(Http, json, user);

    public static async Task<JsonObject> Call(HttpClient http, object json, string user = "connecteur")
    {
        var response = await Post(http, System.Text.Json.JsonSerializer.Serialize(json), user);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    public static Task<HttpResponseMessage> Post(
        HttpClient http,
        string json,
        string user = "connecteur",
        CancellationToken leave = default
    )
    {
        var form = new Dictionary<string, string>
        {
            ["version"] = "1.3",
            ["json_data"] = json,
            ["auth_user"] = user,
            ["auth_pwd"] = PasswordOf(user),
        };
        return http.PostAsync("/webservices/rest.php", new FormUrlEncodedContent(form), leave);
    }

    public static string PasswordOf(string user) => $"{char.ToUpperInvariant(user[0])}{user[1..]}-2026!";

    public Task<JsonObject> Create(object fields, string output = "*") =>
        Call(new { operation = "core/create", comment = "test", @class = "UserRequest", fields, output_fields = output });

    public Task<JsonObject> Update(string id, object fields, string output = "*", string user = "connecteur") =>
        Call(
            new
            {
                operation = "core/update",
                comment = "test",
                @class = "UserRequest",
                key = id,
                fields,
                output_fields = output,
            },
            user
        );

    public Task<JsonObject> Stimulus(string id, string stimulus, object fields, string user = "agent1") =>
        Call(
            new
            {
                operation = "core/apply_stimulus",
                comment = "test",
                @class = "UserRequest",
                key = id,
                stimulus,
                fields,
                output_fields = "*",
            },
            user
        );

    public Task<JsonObject> Get(object key, string output = "*", string itopClass = "UserRequest") =>
        Call(new { operation = "core/get", @class = itopClass, key, output_fields = output });

    public async Task<string> NewTicket(string title = "T")
    {
        var answer = await Create(
            new
            {
                org_id = new { name = "INSA Lyon" },
                title,
                description = "D",
                request_type = "incident",
            },
            "id"
        );
        return Fields(answer)["id"]!.ToString();
    }

    public Task<HttpResponseMessage> Fault(object settings) => Http.PostAsJsonAsync("/sim/faults", settings);

    public async Task<JsonObject[]> Ledger()
    {
        var lines = await Http.GetStringAsync("/sim/ledger");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
    }

    public static JsonObject Fields(JsonObject answer) => answer["objects"]!.AsObject().Single().Value!["fields"]!.AsObject();

    public static JsonArray PublicLog(JsonObject answer) => Fields(answer)["public_log"]!["entries"]!.AsArray();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
