using System.Net;
using System.Net.Sockets;
using System.Text;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests;

/// <summary>What no page of ours posts is the sender's mistake: 400, counted, and nothing done.</summary>
[Collection(Measured.Alone)]
public sealed class PageFormTests : IAsyncLifetime
{
    const string UrlEncoded = "application/x-www-form-urlencoded";

    Door door = null!;
    string session = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["portal"]);
        session = await door.Services.GetRequiredService<Keys>().OpenSession(await door.Key("operator"), default);
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [InlineData("/session", null, "key=x")]
    [InlineData("/session", "text/plain", "key=x")]
    [InlineData("/session", UrlEncoded, "")]
    [InlineData("/session", UrlEncoded, "name=x")]
    [InlineData("/session", UrlEncoded, "key=x&key=y")]
    [InlineData("/session", "multipart/form-data", "--bb--")]
    [InlineData("/session", "multipart/form-data; boundary=\"", "--bb--")]
    [InlineData("/session", "multipart/form-data; boundary=bb", "--bb\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nx")]
    [InlineData("/session", UrlEncoded + "; charset=utf-7", "key=x")]
    [InlineData(
        "/session",
        "multipart/form-data; boundary=bb",
        "--bb\r\nContent-Disposition: form-data; name=\"key\"; filename*=utf-7''a\r\n\r\nx\r\n--bb--\r\n"
    )]
    [InlineData("/envois", UrlEncoded + "; charset=utf-7", "act=retry")]
    [InlineData("/envois", null, "act=retry")]
    [InlineData("/rapprochement", "multipart/form-data; boundary=bb", "--bb")]
    [InlineData("/rapprochement", "application/json", "{")]
    [InlineData("/session/fin", "multipart/form-data; boundary=bb", "--bb")]
    [InlineData("/envois", UrlEncoded, "act=retry&target=itop&cause=%201")]
    [InlineData("/envois", UrlEncoded, "act=delete&service=a&ticket=b&lane=c")]
    [InlineData("/envois", UrlEncoded, "act=retry&service=a&ticket=b")]
    [InlineData("/envois", UrlEncoded, "act=retry&cause=Unavailable")]
    [InlineData("/envois", UrlEncoded, "act=retry&target=itop&cause=1")]
    [InlineData("/envois", UrlEncoded, "act=retry&target=itop&cause=Nothing")]
    public async Task Is_answered_400_and_counted(string page, string? type, string body)
    {
        using var measured = new Measured();

        var answer = await Post(page, type, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("formulaire");
        measured.Counted("groupticketing.forms.refused").ShouldBe([$"page={page} 1"]);
    }

    [Fact]
    public async Task More_members_than_any_form_has_are_no_form()
    {
        var answer = await Post("/session", UrlEncoded, string.Concat(Enumerable.Repeat("a=1&", 3_000)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/session", false)]
    [InlineData("/session", true)]
    [InlineData("/envois", false)]
    [InlineData("/envois", true)]
    public async Task One_longer_than_any_of_ours_is_not_read(string page, bool isChunked)
    {
        var answer = await Post(page, UrlEncoded, $"key={new string('x', 16 * 1024)}", isChunked);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task One_that_trickles_is_ended_after_ten_seconds()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var slow = await Door.Open(["portal"], builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using var connection = new TcpClient();
        await connection.ConnectAsync(slow.Http.BaseAddress!.Host, slow.Http.BaseAddress.Port);
        // The server itself ends who sends less than a kibibyte a second: so much is said that it has no reason to yet.
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /session HTTP/1.1\r\nHost: x\r\nContent-Type: {UrlEncoded}\r\nContent-Length: 16384\r\n\r\n"
            + $"key={new string('x', 14_000)}"
        ));
        var heard = new byte[12];
        var answer = connection.GetStream().ReadExactlyAsync(heard).AsTask();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        answer.IsCompleted.ShouldBeFalse();

        clock.Advance(TimeSpan.FromSeconds(11));

        await answer.WaitAsync(TimeSpan.FromSeconds(10));
        Encoding.ASCII.GetString(heard).ShouldBe("HTTP/1.1 408");
    }

    async Task<HttpResponseMessage> Post(string page, string? type, string body, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, page)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        request.Headers.Add("Cookie", $"{Callers.Cookie}={session}");
        return await door.Http.SendAsync(request);
    }
}
