using System.Net;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>A store that is away is no fault of ours, whatever is asked: 503, when to come again, and no error in the
/// log.</summary>
public sealed class StoreAwayTests
{
    [Theory]
    [InlineData("GET", "/v1/tickets")]
    [InlineData("GET", "/v1/pending")]
    [InlineData("GET", "/v1/reconcile")]
    [InlineData("POST", "/v1/say-again")]
    public async Task Every_operation_says_503_and_when_to_come_again(string method, string path)
    {
        await using var door = await Away();
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Headers = { { "Authorization", "Bearer gt_any" } },
        };
        if (method == "POST")
            request.Content = new StringContent("{}", null, "application/json");

        using var answer = await door.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Api.Fits($"{method} {path}", answer);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/envois")]
    [InlineData("/rapprochement")]
    public async Task And_so_does_every_page(string page)
    {
        await using var door = await Away();
        using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "Cookie", $"{Callers.Cookie}=any" } } };

        using var answer = await door.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task Nor_is_a_moment_without_memory()
    {
        await using var door = await Away(new OutOfMemoryException());

        using var answer = await door.Get("/v1/tickets", "gt_any");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Api.Fits("GET /v1/tickets", answer);
    }

    static Task<Door> Away(Exception? why = null)
    {
        var store = new FailingStore(
            new SqliteStore(Path.Combine(Directory.CreateTempSubdirectory("groupticketing-").FullName, "store.db"))
        );
        store.Unreadable = true;
        store.Why = why ?? store.Why;
        return Door.Open(["portal"], builder => builder.Services.AddSingleton<IStore>(store));
    }
}
