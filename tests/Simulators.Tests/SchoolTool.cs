using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Simulators.School;
using Microsoft.AspNetCore.Builder;

namespace GroupTicketing.Tests.Simulators;

/// <summary>The simulated school's tool checks what it is told as a careful one would.</summary>
public class SchoolTool
{
    const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task A_right_signature_is_taken()
    {
        await using var school = await Start();
        using var http = Client(school);

        (await Tell(http, "msg_1", DateTimeOffset.UtcNow, Secret)).ShouldBe(204);

        var ticket = JsonNode.Parse(await http.GetStringAsync("/sim/tickets/4512"))!;
        ticket["reference"]!.GetValue<string>().ShouldBe("R-000123");
        ticket["state"]!.GetValue<string>().ShouldBe("open");
    }

    [Fact]
    public async Task A_wrong_or_old_signature_is_refused_without_effect()
    {
        await using var school = await Start();
        using var http = Client(school);

        (await Tell(http, "msg_1", DateTimeOffset.UtcNow, "whsec_" + Convert.ToBase64String(new byte[24]))).ShouldBe(401);
        (await Tell(http, "msg_1", DateTimeOffset.UtcNow.AddMinutes(-6), Secret)).ShouldBe(401);

        ((int)(await http.GetAsync("/sim/tickets/4512")).StatusCode).ShouldBe(404);
        (await Tell(http, "msg_1", DateTimeOffset.UtcNow, Secret)).ShouldBe(204);
    }

    [Fact]
    public async Task A_repeat_is_taken_without_a_second_effect()
    {
        await using var school = await Start();
        using var http = Client(school);

        await Tell(http, "msg_1", DateTimeOffset.UtcNow, Secret);
        (await Tell(http, "msg_1", DateTimeOffset.UtcNow, Secret)).ShouldBe(204);
        await Tell(http, "msg_2", DateTimeOffset.UtcNow, Secret);

        JsonNode.Parse(await http.GetStringAsync("/sim/tickets/4512"))!["told"]!.AsArray().Count.ShouldBe(2);
        var ledger = (await http.GetStringAsync("/sim/ledger")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
        ledger.Select(line => line["repeat"]!.GetValue<bool>()).ShouldBe([false, true, false]);
    }

    [Fact]
    public async Task A_fault_is_answered_as_told_and_has_no_effect()
    {
        await using var school = await Start();
        using var http = Client(school);
        await http.PostAsync("/sim/faults", new StringContent("""{"callbackStatus":429,"retryAfter":7,"times":1}""", null, "application/json"));

        using var refused = await http.SendAsync(Request("msg_1", DateTimeOffset.UtcNow, Secret));

        ((int)refused.StatusCode).ShouldBe(429);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        ((int)(await http.GetAsync("/sim/tickets/4512")).StatusCode).ShouldBe(404);
        (await Tell(http, "msg_1", DateTimeOffset.UtcNow, Secret)).ShouldBe(204);
    }

    [Fact]
    public async Task A_restart_keeps_what_was_told_and_what_was_taken()
    {
        var folder = Directory.CreateTempSubdirectory("school").FullName;
        await using (var first = await Start(folder))
        {
            using var http = Client(first);
            await Tell(http, "msg_1", DateTimeOffset.UtcNow, Secret);
        }
        await using var again = await Start(folder);
        using var client = Client(again);

        await Tell(client, "msg_1", DateTimeOffset.UtcNow, Secret);

        JsonNode.Parse(await client.GetStringAsync("/sim/tickets/4512"))!["told"]!.AsArray().Count.ShouldBe(1);
    }

    static async Task<WebApplication> Start(string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("school").FullName;
        var options = new SchoolOptions("http://127.0.0.1:0", folder, "lyon", "INSA Lyon", new Uri("http://127.0.0.1:9"), Secret, null);
        var school = SchoolServer.Build(options, TimeProvider.System);
        await school.StartAsync();
        return school;
    }

    static HttpClient Client(WebApplication school) => new() { BaseAddress = new Uri(school.Urls.First()) };

    static async Task<int> Tell(HttpClient http, string id, DateTimeOffset at, string secret)
    {
        using var response = await http.SendAsync(Request(id, at, secret));
        return (int)response.StatusCode;
    }

    static HttpRequestMessage Request(string id, DateTimeOffset at, string secret)
    {
        var body = Encoding.UTF8.GetBytes("""
            {
              "specversion": "1.0", "id": "ID", "source": "/groupticketing", "type": "group.referenced", "subject": "4512",
              "time": "2026-11-24T09:12:00+01:00", "datacontenttype": "application/json",
              "data": { "ticket": "4512", "reference": "R-000123", "url": "https://itop.example/1", "state": "open", "audience": "support" }
            }
            """.Replace("ID", id));
        var seconds = $"{at.ToUnixTimeSeconds()}";
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
        var request = new HttpRequestMessage(HttpMethod.Post, "/callbacks") { Content = new ByteArrayContent(body) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", $"v1,{signature}");
        return request;
    }
}
