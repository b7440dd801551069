using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;

namespace GroupTicketing.Prove;

/// <summary>
/// Posts as a school's tool would, without one between: for proofs that need the answer itself, or its time. What it
/// sends is written into a ledger beside the school's, in
/// the same words.
/// </summary>
public sealed class Poster : IDisposable
{
    readonly SchoolTool school;
    readonly HttpClient http;
    readonly StreamWriter ledger;
    readonly Lock gate = new();

    /// <summary>To the product's public door.</summary>
    /// <param name="school">Null: the first.</param>
    public Poster(Machines machines, SchoolTool? school = null)
    {
        this.school = school ?? machines.Schools[0];
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
        {
            BaseAddress = new Uri(machines.Product, $"v1/schools/{this.school.Slug}/events"),
            Timeout = TimeSpan.FromSeconds(30),
        };
        Directory.CreateDirectory(this.school.Folder);
        ledger = new StreamWriter(Path.Combine(this.school.Folder, "posted-ledger.jsonl"), append: true) { AutoFlush = true };
    }

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Hands a ticket over, once.</summary>
    /// <param name="id">The event's; null: the same for the same number.</param>
    public Task<Posted> Opens(string number, string? id = null, string title = "Création d’un compte") =>
        Send(id ?? $"{school.Slug}-{number}-opened", "ticket.opened", number, Body.Ticket(number, title));

    /// <summary>Writes a comment, once.</summary>
    public Task<Posted> Comments(string number, int comment) =>
        Send(
            $"{school.Slug}-{number}-c{comment}",
            "ticket.commented",
            number,
            new()
            {
                ["id"] = $"c{comment}",
                ["text"] = $"Commentaire {comment}",
                ["by"] = "support",
            }
        );

    /// <summary>Hands a ticket over with a file, in the event itself or in a part beside it.</summary>
    public Task<Posted> OpensWithFile(string number, byte[] bytes, bool inPart)
    {
        var data = Body.Ticket(number);
        data["files"] = new JsonArray(
            inPart
                ? new JsonObject { ["name"] = "grand.bin" }
                : new JsonObject { ["name"] = "grand.bin", ["content"] = Convert.ToBase64String(bytes) }
        );
        return Send($"{school.Slug}-{number}-opened", "ticket.opened", number, data, inPart ? bytes : null);
    }

    /// <summary>The headers of a post that is let in as far as they go.</summary>
    public static IEnumerable<(string Name, string Value)> Headers(string id, DateTimeOffset now, string signature) =>
        [("webhook-id", id), ("webhook-timestamp", StandardWebhooks.Seconds(now)), ("webhook-signature", signature)];

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        ledger.Dispose();
    }

    async Task<Posted> Send(string id, string type, string number, JsonObject data, byte[]? part = null)
    {
        var cloudEvent = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = $"/schools/{school.Slug}",
            ["type"] = type,
            ["subject"] = number,
            ["time"] = "2026-11-24T09:12:00+01:00",
            ["data"] = data,
        };
        var (body, contentType) = await Content(Encoding.UTF8.GetBytes(cloudEvent.ToJsonString()), part);
        var now = DateTimeOffset.UtcNow + Offset;
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach (var (name, value) in Headers(id, now, StandardWebhooks.Sign([school.Secret], id, now, body)))
            request.Headers.TryAddWithoutValidation(name, value);
        var began = Stopwatch.GetTimestamp();
        var (status, answer) = await Answered(request);
        var posted = new Posted(status, answer, Stopwatch.GetElapsedTime(began));
        lock (gate)
            ledger.WriteLine(JsonSerializer.Serialize(new { dir = "sent", id, ticket = number, type, status, repeat = false }));
        return posted;
    }

    static async Task<(byte[] Bytes, string Type)> Content(byte[] said, byte[]? part)
    {
        if (part is null)
            return (said, "application/json; charset=utf-8");
        using var parts = new MultipartFormDataContent("grenze")
        {
            { new ByteArrayContent(said), "event" },
            { new ByteArrayContent(part), "file", "grand.bin" },
        };
        return (await parts.ReadAsByteArrayAsync(), "multipart/form-data; boundary=grenze");
    }

    async Task<(int Status, string Answer)> Answered(HttpRequestMessage request)
    {
        try
        {
            using var answer = await http.SendAsync(request);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // Nobody knows whether it was taken.
            return (0, exception.Message);
        }
    }
}

/// <summary>How a post was answered.</summary>
/// <param name="Status">0: not at all.</param>
/// <param name="Took">Until its whole answer was read.</param>
public sealed record Posted(int Status, string Answer, TimeSpan Took);
