using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.EndToEnd.Tests;
using GroupTicketing.Platform;

namespace GroupTicketing.Benchmarks;

/// <summary>A school's handover as its own tool would post it.</summary>
static class SignedPost
{
    public static HttpRequestMessage Of(Machines machines, string number)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"opened-{number}",
            ["source"] = "https://support.example",
            ["type"] = "ticket.opened",
            ["subject"] = number,
            ["time"] = DateTimeOffset.UtcNow.ToString("O"),
            ["data"] = Body.Ticket(number),
        }.ToJsonString());
        var (id, now) = ($"opened-{number}", DateTimeOffset.UtcNow);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(machines.Product, "v1/schools/toulouse/events")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/cloudevents+json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", StandardWebhooks.Seconds(now));
        request.Headers.Add("webhook-signature", StandardWebhooks.Sign([machines.Secret], id, now, body));
        return request;
    }
}
