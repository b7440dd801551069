using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Host.Commands;

namespace GroupTicketing.Host.Demo;

/// <summary>The people of the demo: a school's support, an intervenant in iTop, the C2IP. They act only by HTTP, as
/// real ones' tools do.</summary>
sealed class Actor(HttpClient http, string operatorKey)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>A school's tool hands a ticket over; answers its number.</summary>
    public async Task<string> HandOver(Uri school, JsonObject ticket, CancellationToken ct) =>
        Taken(await Post(new Uri(school, "sim/tickets"), ticket, ct))["ticket"]!.GetValue<string>();

    /// <summary>The recorded Request Tracker post, sent again as its scrip does; answers its ticket.</summary>
    public async Task<string> HandOverRecorded(Uri school, string file, CancellationToken ct)
    {
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(file, ct))!.AsObject();
        return Taken(await Post(new Uri(school, "sim/rt"), recorded, ct))["ticket"]!.GetValue<string>();
    }

    public async Task Say(Uri school, string ticket, string type, JsonObject data, CancellationToken ct) =>
        Taken(
            await Post(new Uri(school, $"sim/tickets/{ticket}/events"), new JsonObject { ["type"] = type, ["data"] = data }, ct)
        );

    /// <summary>Waits until the school was told this; answers the ticket as its tool shows it.</summary>
    public Task<JsonObject> UntilTold(Uri school, string ticket, string type, CancellationToken ct) => Until(
        CommandTexts.Text("DemoAwaitedNews", type, school, ticket),
        async () =>
        {
            var shown = await http.GetFromJsonAsync<JsonObject>(new Uri(school, $"sim/tickets/{ticket}"), ct);
            return shown!["told"]!.AsArray().Any(told => told!["type"]!.GetValue<string>() == type) ? shown : null;
        },
        ct);

    /// <summary>An act of the intervenant in iTop.</summary>
    public async Task<JsonObject> InItop(string operation, JsonObject arguments, CancellationToken ct)
    {
        var (login, password) = Account(Stage.Folder, "intervenant");
        arguments["operation"] = operation;
        if (operation != "core/get")
            arguments["comment"] = "demo";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["version"] = "1.3", ["auth_user"] = login, ["auth_pwd"] = password, ["json_data"] = arguments.ToJsonString(),
        });
        using var response = await http.PostAsync(new Uri(Stage.Itop, "webservices/rest.php"), form, ct);
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!;
        return answer["code"]!.GetValue<int>() == 0 ? answer
            : throw new DemoFailed(CommandTexts.Text("DemoItopRefused", operation, answer["message"]!));
    }

    /// <summary>Waits until iTop's ticket is so.</summary>
    public Task<JsonObject> SeenInItop(string reference, Func<JsonObject, bool> isSo, string what, CancellationToken ct) =>
        Until(
            what,
            async () =>
            {
                var key = $"SELECT UserRequest WHERE ref = '{reference}'";
                var answer = await InItop(
                    "core/get",
                    new JsonObject
                    {
                        ["class"] = "UserRequest",
                        ["key"] = key,
                        ["output_fields"] = "id,status,public_log",
                    },
                    ct
                );
                var fields = answer["objects"]?.AsObject().First().Value!["fields"]!.AsObject();
                return fields is not null && isSo(fields) ? fields : null;
            },
            ct
        );

    /// <summary>The C2IP places a ticket that waits for triage.</summary>
    public Task Place(string schoolTicket, string brique, CancellationToken ct) =>
        Until(
            CommandTexts.Text("DemoAwaitedTriage", schoolTicket),
            async () =>
            {
                var triage = await Own<JsonObject>(HttpMethod.Get, "v1/triage", null, ct);
                var held = triage!["waiting"]!
                    .AsArray()
                    .FirstOrDefault(one => one!["number"]!.GetValue<string>() == schoolTicket);
                return held is null
                    ? null
                    : await Own<JsonObject>(
                        HttpMethod.Post,
                        $"v1/triage/{held["ticket"]}",
                        new JsonObject { ["brique"] = brique },
                        ct
                    ) ?? [];
            },
            ct
        );

    public static string ConnectorPassword(string folder) => Account(folder, "connecteur").Password;

    static (string Login, string Password) Account(string folder, string login)
    {
        var seed = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "itop-seed.json")))!;
        return (
            login,
            seed["accounts"]!.AsArray().First(account => account!["login"]!.GetValue<string>() == login)![
                "password"
            ]!.GetValue<string>()
        );
    }

    async Task<T?> Own<T>(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(Stage.Product, path))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey);
        using var response = await http.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode)
            throw new DemoFailed(CommandTexts.Text("DemoAnswered", method, path, (int)response.StatusCode));
        return response.Content.Headers.ContentLength is 0 ? null : await response.Content.ReadFromJsonAsync<T>(ct);
    }

    async Task<JsonObject> Post(Uri url, JsonObject body, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync(url, body, ct);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(ct))!;
    }

    static JsonObject Taken(JsonObject sent) =>
        sent["status"]!.GetValue<int>() is 202 ? sent
        : throw new DemoFailed(CommandTexts.Text("DemoNotTaken", sent["status"]!, $"{sent["answer"]}"));

    static async Task<JsonObject> Until(string what, Func<Task<JsonObject?>> look, CancellationToken ct)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            if (await look() is { } found)
                return found;
            await Task.Delay(50, ct);
        }
        throw new DemoFailed(CommandTexts.Text("DemoTooLate", Patience.TotalSeconds, what));
    }
}
