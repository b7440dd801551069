using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using GroupTicketing.Host;

namespace GroupTicketing.Services.Tests;

/// <summary>Whoever has no key for an operation is told so before anything of the body is read, let alone parsed.</summary>
public sealed partial class KeysBeforeBodiesTests : IAsyncLifetime
{
    Door door = null!;
    string school = "";

    public static TheoryData<string> Operations =>
    [
        .. Api
            .Operations.Where(one => one.Said["security"]!.AsArray().Any(way => way!["key"] is not null))
            .Select(one => one.Name),
    ];

    /// <summary>Those that are for operators alone.</summary>
    public static TheoryData<string> OfOperators =>
    [
        .. Api
            .Operations.Where(one => one.Said["responses"]!["403"] is not null)
            .Where(one => (string)one.Said["operationId"]! != "receive-event")
            .Select(one => one.Name),
    ];

    public async ValueTask InitializeAsync()
    {
        var itop = new ItopSettings { Url = new Uri("http://127.0.0.1:9/"), User = "u", Password = "p" };
        door = await Door.Open(
            [.. Modules.Names],
            set: settings => settings with { Itop = itop, BadKeysPerMinute = 10_000 }
        );
        school = await door.Key("lyon");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public void There_are_operations_to_ask() => (Operations.Count, OfOperators.Count).ShouldSatisfyAllConditions(
        counts => counts.Item1.ShouldBeGreaterThan(15),
        counts => counts.Item2.ShouldBeGreaterThan(10)
    );

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Without_a_key_that_lives_it_is_401_whatever_the_body_would_be(string operation)
    {
        foreach (var key in (string?[])[null, "gt_nobody"])
        {
            (await Begin(operation, key)).ShouldStartWith("HTTP/1.1 401 ", Case.Sensitive, $"{operation} with key {key}");
            using var answer = await Send(operation, key, "{");
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{operation} with key {key}");
            await Api.Fits(operation, answer);
        }
    }

    [Theory]
    [MemberData(nameof(OfOperators))]
    public async Task With_a_school_s_key_it_is_403_whatever_the_body_would_be(string operation)
    {
        (await Begin(operation, school)).ShouldStartWith("HTTP/1.1 403 ", Case.Sensitive, operation);
        using var answer = await Send(operation, school, "{");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, operation);
        await Api.Fits(operation, answer);
    }

    [Fact]
    public async Task A_refused_key_is_counted_whatever_the_body_is()
    {
        await using var strict = await Door.Open(["gateway", "portal"], set: settings => settings with { BadKeysPerMinute = 3 });
        foreach (var status in (int[])[401, 401, 401, 429])
            ((int)(await strict.Send("/v1/announcements", "{", "gt_nobody")).StatusCode).ShouldBe(status);
    }

    static (HttpMethod Method, string Path) Called(string operation)
    {
        var parts = operation.Split(' ');
        return (HttpMethod.Parse(parts[0]), Variable().Replace(parts[1].Replace("{school}", "toulouse"), "x"));
    }

    // Announces a body and sends nothing of it.
    async Task<string> Begin(string operation, string? key)
    {
        var (method, path) = Called(operation);
        using var client = new TcpClient();
        await client.ConnectAsync(door.Http.BaseAddress!.Host, door.Http.BaseAddress.Port);
        var authorization = key is null ? "" : $"Authorization: Bearer {key}\r\n";
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"{method} {path} HTTP/1.1\r\nHost: x\r\n{authorization}"
                        + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
                )
            );
        var heard = new byte[13];
        await client.GetStream().ReadExactlyAsync(heard).AsTask().WaitAsync(TimeSpan.FromSeconds(3));
        return Encoding.ASCII.GetString(heard);
    }

    async Task<HttpResponseMessage> Send(string operation, string? key, string body)
    {
        var (method, path) = Called(operation);
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Authorization", $"Bearer {key}");
        return await door.Http.SendAsync(request);
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Variable();
}
