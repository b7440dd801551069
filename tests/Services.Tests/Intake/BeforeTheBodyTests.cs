using System.Net.Sockets;
using System.Text;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>Who is not let in by the headers is told so before any of the body is read.</summary>
public class BeforeTheBodyTests : IAsyncLifetime
{
    Door door = null!;

    public async ValueTask InitializeAsync() => door = await Door.Open(["intake"]);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [InlineData("toulouse", "", 401, "no-signature")]
    [InlineData("toulouse", "webhook-id: 1\r\nwebhook-signature: v1,x\r\n", 401, "no-signature")]
    [InlineData("toulouse", "Authorization: Basic eDp5\r\n", 401, "no-signature")]
    [InlineData("toulouse", "webhook-id: 1\r\nwebhook-signature: v1,x\r\nwebhook-timestamp: OLD\r\n", 401, "old-timestamp")]
    [InlineData("toulouse", "webhook-id: 1\r\nwebhook-signature: v1,x\r\nwebhook-timestamp: soon\r\n", 401, "old-timestamp")]
    [InlineData("toulouse", "Authorization: Bearer gt_nobody\r\n", 401, "wrong-signature")]
    [InlineData("lyon", "x-rt-event: ticket.created\r\n", 401, "no-signature")]
    [InlineData(
        "lyon",
        "x-rt-event: ticket.created\r\nx-rt-signature: sha256=00\r\nx-rt-timestamp: OLD\r\n",
        401,
        "old-timestamp"
    )]
    [InlineData("nowhere", "webhook-id: 1\r\n", 404, "unknown-school")]
    public async Task Is_refused(string school, string headers, int status, string code)
    {
        var answer = await Begin(
            school,
            headers.Replace("OLD", StandardWebhooks.Seconds(TimeProvider.System.GetUtcNow().AddMinutes(-6)))
        );

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain($"urn:groupticketing:problem:{code}");
    }

    [Fact]
    public async Task Whose_headers_may_be_right_is_waited_for()
    {
        var now = StandardWebhooks.Seconds(TimeProvider.System.GetUtcNow());

        await Should.ThrowAsync<TimeoutException>(() =>
            Begin("toulouse", $"webhook-id: 1\r\nwebhook-signature: v1,x\r\nwebhook-timestamp: {now}\r\n", seconds: 1)
        );
    }

    // Announces 36 MiB and sends nothing of it.
    async Task<string> Begin(string school, string headers, int seconds = 10)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(door.Http.BaseAddress!.Host, door.Http.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/schools/{school}/events HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + $"application/json\r\nContent-Length: 37748736\r\n{headers}\r\n"
            )
        );
        var (buffer, text) = (new byte[8_192], "");
        while (!text.Contains("problem:"))
        {
            var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(seconds));
            if (read == 0)
                break;
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }
        return text;
    }
}
