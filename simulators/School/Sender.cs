using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace GroupTicketing.Simulators.School;

/// <summary>Sends to GroupTicketing, one at a time per ticket. What gets no answer, 408, 429 or a 5xx is sent again
/// with the same id
/// for up to a minute.</summary>
public sealed class Sender(Uri url, SchoolStore store, SchoolLedger ledger, SchoolFaults faults, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    public async Task<Sent> Send(Outbound outbound)
    {
        if (faults.Loses())
        {
            ledger.Write("lost", outbound.Id, outbound.Ticket, outbound.Type, 0, false, store.Find(outbound.Ticket)?.Reference);
            return new Sent(outbound.Ticket, outbound.Id, 0, "", 0);
        }
        var turn = _turns.GetOrAdd(outbound.Ticket, _ => new SemaphoreSlim(1));
        await turn.WaitAsync();
        try
        {
            return await Try(outbound);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Sent> Try(Outbound outbound)
    {
        var start = clock.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(250);
        for (var attempt = 1; ; attempt++)
        {
            var (status, answer, asked) = await Once(outbound);
            ledger.Write(
                "sent",
                outbound.Id,
                outbound.Ticket,
                outbound.Type,
                status,
                attempt > 1,
                store.Find(outbound.Ticket)?.Reference
            );
            var wait = asked ?? pause;
            if (!IsTransient(status) || clock.GetElapsedTime(start) + wait > Patience)
                return new Sent(outbound.Ticket, outbound.Id, status, answer, attempt);
            await Task.Delay(wait, clock);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<(int Status, string Answer, TimeSpan? RetryAfter)> Once(Outbound outbound)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(outbound.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        foreach (var (name, value) in outbound.Headers(clock.GetUtcNow().ToUnixTimeSeconds()))
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await Http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return (0, e.Message, null);
        }
    }

    private static bool IsTransient(int status) => status is 0 or 408 or 429 or >= 500;
}
