using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.Services.Tests;

/// <summary>Every operation of the API that reads JSON says of a body that it cannot read what is wrong with it, and
/// where.</summary>
public sealed class BadBodiesTests : IAsyncLifetime
{
    const string Json = "application/json";

    Door door = null!;
    string key = "";

    public static TheoryData<string> Operations =>
        [
            "/v1/triage/0",
            "/v1/announcements",
            "/v1/announcements/0/end",
            "/v1/links/stopped",
            "/v1/links",
            "/v1/say-again",
            "/v1/reconcile",
        ];

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["portal"]);
        key = await door.Key("operator");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_cannot_be_read_is_the_sender_s_mistake(string operation)
    {
        foreach (
            var (type, body, status) in ((string, string, HttpStatusCode)[])
                [
                    (Json, "{", HttpStatusCode.BadRequest),
                    (Json, "[]", HttpStatusCode.BadRequest),
                    (Json, "\u0000", HttpStatusCode.BadRequest),
                    ("text/plain", "{}", HttpStatusCode.UnsupportedMediaType),
                    ("application/json; charset=klingon", "{}", HttpStatusCode.UnsupportedMediaType),
                    ("application/json; charset=utf-7", "{}", HttpStatusCode.UnsupportedMediaType),
                ]
        )
        {
            using var answer = await Post(operation, type, body);

            answer.StatusCode.ShouldBe(status, $"{type} {body}");
            ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]).ShouldBe(
                "urn:groupticketing:problem:bad-body",
                $"{type} {body}"
            );
            await Api.Fits($"POST {Described(operation)}", answer);
        }
    }

    [Theory]
    [InlineData("/v1/say-again", """{"since":"gestern"}""", "/since")]
    [InlineData("/v1/announcements", """{"brique":"Scénari","schools":["lyon",7]}""", "/schools/1")]
    public async Task It_says_where(string operation, string body, string field)
    {
        using var answer = await Post(operation, Json, body);

        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["field"]).ShouldBe(field);
    }

    static string Described(string operation) =>
        operation.Replace("triage/0", "triage/{ticket}").Replace("announcements/0", "announcements/{id}");

    async Task<HttpResponseMessage> Post(string operation, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, operation)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            Headers = { { "Authorization", $"Bearer {key}" } },
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await door.Http.SendAsync(request);
    }
}
