using System.Net;
using System.Net.Sockets;
using System.Text;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>What a caller may not do to any process, said over a bare connection.</summary>
public sealed class LimitsTests : IAsyncLifetime
{
    Door door = null!;

    public async ValueTask InitializeAsync() => door = await Door.Open(["gateway", "intake", "portal"]);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task A_header_of_30_KiB_passes_and_a_bigger_one_is_431()
    {
        (
            await Say($"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: {new string('x', 30 * 1024)}\r\nConnection: close\r\n\r\n")
        ).ShouldStartWith("HTTP/1.1 200");
        (
            await Say($"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: {new string('x', 33 * 1024)}\r\nConnection: close\r\n\r\n")
        ).ShouldStartWith("HTTP/1.1 431");
    }

    [Fact]
    public async Task More_than_100_headers_are_431()
    {
        var many = string.Concat(Enumerable.Range(0, 101).Select(number => $"X-{number}: x\r\n"));
        (await Say($"GET /healthz HTTP/1.1\r\nHost: x\r\n{many}\r\n")).ShouldStartWith("HTTP/1.1 431");
    }

    [Fact]
    public async Task An_address_of_more_than_8_KiB_is_414() =>
        (await Say($"GET /{new string('x', 9 * 1024)} HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");

    [Fact]
    public async Task A_body_that_stalls_is_cut_here_and_at_a_gateway()
    {
        // Without a signature it would be refused before its body.
        var now = StandardWebhooks.Seconds(TimeProvider.System.GetUtcNow());
        var stalled =
            $"POST /v1/schools/toulouse/events HTTP/1.1\r\nHost: x\r\nwebhook-id: "
            + $"1\r\nwebhook-timestamp: {now}\r\nwebhook-signature: v1,x\r\nContent-Length: 100\r\n\r\n{{";
        await using var edge = await Door.Open(["gateway"], set: settings =>
            settings with
            {
                Services = new() { ["intake"] = door.Http.BaseAddress! },
            }
        );
        var began = TimeProvider.System.GetTimestamp();

        var said = await Task.WhenAll(Say(stalled), Say(stalled, edge));

        TimeProvider.System.GetElapsedTime(began).ShouldBeInRange(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
        said[0].ShouldStartWith("HTTP/1.1 408");
        said[1].ShouldStartWith("HTTP/1.1 4");
    }

    [Theory]
    [InlineData("/v1/schools/toulouse/events", "application/json")]
    [InlineData("/v1/say-again", "application/json")]
    [InlineData("/session", "application/x-www-form-urlencoded")]
    [InlineData("/session", "multipart/form-data; boundary=bb")]
    public async Task Chunks_without_measure_are_the_sender_s_mistake(string path, string type)
    {
        var now = StandardWebhooks.Seconds(TimeProvider.System.GetUtcNow());
        var key = await door.Key("operator");
        foreach (var size in (string[])["ffffffffffffffff", "zz", "-1", ""])
        {
            var said = await Say(
                $"POST {path} HTTP/1.1\r\nHost: {door.Http.BaseAddress!.Authority}\r\nwebhook-id: "
                + $"1\r\nwebhook-timestamp: {now}\r\nwebhook-signature: v1,x\r\nAuthorization: Bearer {key}\r\n"
                    + $"Content-Type: {type}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\na=1\r\n0\r\n\r\n"
            );

            said.ShouldStartWith("HTTP/1.1 400", Case.Sensitive, $"chunk size {size}");
        }
    }

    [Fact]
    public async Task Headers_that_never_end_are_cut()
    {
        var began = TimeProvider.System.GetTimestamp();

        await Say("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");

        TimeProvider.System.GetElapsedTime(began).ShouldBeInRange(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_body_of_more_than_a_mebibyte_is_for_the_intake_only()
    {
        var key = await door.Key("operator");

        (await door.Send("/v1/triage/x", $$"""{"refusal":"{{new string('x', 1024 * 1024)}}"}""", key)).StatusCode.ShouldBe(
            HttpStatusCode.RequestEntityTooLarge
        );
    }

    [Fact]
    public async Task A_thousand_connections_are_kept_open_and_more_are_closed()
    {
        var open = new List<TcpClient>();
        try
        {
            for (var number = 0; number < 1_010; number++)
            {
                var connection = new TcpClient();
                open.Add(connection);
                await connection.ConnectAsync(door.Http.BaseAddress!.Host, door.Http.BaseAddress.Port);
            }
            var ends = open.Select(Ends).ToList();
            await Door.Until(() => Task.FromResult(ends.Count(one => one.IsCompleted) >= 10 ? ends : null), "ten are closed");
            await Task.Delay(200, TestContext.Current.CancellationToken);
            ends.Count(one => one.IsCompleted).ShouldBe(10);
        }
        finally
        {
            open.ForEach(one => one.Dispose());
        }
        await Door.Until(
            async () => (await Say("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) is { Length: > 0 } said
                ? said
                : null,
            "there is room again"
        );
    }

    static async Task Ends(TcpClient connection)
    {
        try
        {
            await connection.GetStream().ReadExactlyAsync(new byte[1]);
        }
        catch (IOException)
        {
            // Closed, or disposed of at the test's end.
            return;
        }
    }

    [Theory]
    [InlineData("TRACE", "/")]
    [InlineData("TRACE", "/v1/tickets")]
    [InlineData("PUT", "/v1/schools/toulouse/events")]
    [InlineData("FOO", "/openapi.json")]
    [InlineData("FOO", "/nowhere")]
    public async Task A_method_nobody_serves_is_405_or_404_here_and_through_a_gateway(string method, string path)
    {
        await using var edge = await Door.Open(["gateway"], set: settings => settings with { Services = new()
                {
                    ["intake"] = door.Http.BaseAddress!,
                    ["portal"] = door.Http.BaseAddress!,
                } });
        foreach (var asked in new[] { door, edge })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            (await asked.Http.SendAsync(request)).StatusCode.ShouldBeOneOf(
                HttpStatusCode.MethodNotAllowed,
                HttpStatusCode.NotFound
            );
        }
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/v1/tickets")]
    [InlineData("/nowhere")]
    [InlineData("/docs/")]
    public async Task No_answer_names_the_server(string path)
    {
        await using var edge = await Door.Open(["gateway"], set: settings =>
            settings with
            {
                Services = new() { ["portal"] = door.Http.BaseAddress! },
            }
        );
        foreach (var asked in new[] { door, edge })
        {
            var answer = await asked.Get(path);
            answer
                .Headers.Select(header => header.Key)
                .ShouldNotContain(name =>
                    name == "Server" || name == "Via" || name.StartsWith("X-Powered", StringComparison.OrdinalIgnoreCase)
                );
            answer.ToString().ShouldNotContain("Kestrel");
        }
    }

    /// <summary>Says it and hears until the server closes, at most 30 s.</summary>
    async Task<string> Say(string said, Door? other = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var connection = new TcpClient();
        var address = (other ?? door).Http.BaseAddress!;
        await connection.ConnectAsync(address.Host, address.Port, patience.Token);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(said), patience.Token);
        using var heard = new StreamReader(connection.GetStream());
        try
        {
            return await heard.ReadToEndAsync(patience.Token);
        }
        catch (IOException)
        {
            // Reset, with or without an answer before.
            return "";
        }
    }
}
