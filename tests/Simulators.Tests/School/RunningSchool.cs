using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Simulators.School;
using Microsoft.AspNetCore.Builder;

namespace GroupTicketing.Simulators.Tests.School;

/// <summary>A simulated school tool on a free port, and the callbacks GroupTicketing would send it.</summary>
public sealed class RunningSchool : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private RunningSchool(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        _ownsFolder = ownsFolder;
        Folder = folder;
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public string Folder { get; }

    public HttpClient Http { get; }

    public static async Task<RunningSchool> Start(
        string to = "http://127.0.0.1:9",
        string? folder = null,
        TimeProvider? clock = null
    )
    {
        var own = folder ?? Directory.CreateTempSubdirectory("school-").FullName;
        var options = new SchoolOptions("http://127.0.0.1:0", own, "lyon", "INSA Lyon", to, Secret, "rt-secret");
        var app = SchoolServer.Build(options, clock ?? TimeProvider.System);
        await app.StartAsync();
        return new RunningSchool(app, own, folder is null);
    }

    public Task<HttpResponseMessage> Tell(
        string id,
        string type,
        object data,
        string ticket = "4512",
        long? at = null,
        string? signatures = null
    )
    {
        var now = DateTimeOffset.UtcNow;
        var cloudEvent = new
        {
            specversion = "1.0",
            id,
            source = "/groupticketing",
            type = $"group.{type}",
            subject = ticket,
            time = now,
            data,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(cloudEvent, Journal.Json);
        var timestamp = at ?? now.ToUnixTimeSeconds();
        return Post(id, timestamp, signatures ?? new Signature(Secret).Sign(id, timestamp, body), body);
    }

    public async Task<HttpResponseMessage> Post(string id, long timestamp, string signatures, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/callbacks") { Content = new ByteArrayContent(body) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.TryAddWithoutValidation("webhook-signature", signatures);
        return await Http.SendAsync(request);
    }

    public async Task<JsonNode> Ticket(string number = "4512") =>
        JsonNode.Parse(await Http.GetStringAsync($"/sim/tickets/{number}"))!;

    public async Task<JsonNode> Say(string path, string json)
    {
        var response = await Http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public Task<HttpResponseMessage> Fault(object settings) => Http.PostAsJsonAsync("/sim/faults", settings);

    public async Task<JsonObject[]> Ledger()
    {
        var lines = await Http.GetStringAsync("/sim/ledger");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
