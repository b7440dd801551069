using System.Net;
using System.Text.Json;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Asks a school's tool for JSON; what it answers is read, never trusted.</summary>
public sealed class ToolClient(HttpClient http)
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>The answer, or null where there is nothing (404).</summary>
    /// <exception cref="ToolException">It cannot be read now.</exception>
    public async Task<JsonElement?> Get(string url, string authorization, CancellationToken ct) =>
        (await Get(url, authorization, bytes => JsonDocument.Parse(bytes), ct))?.RootElement;

    /// <summary>What <paramref name="read"/> makes of the answer's bytes, or null where there is nothing (404).</summary>
    /// <exception cref="ToolException">It cannot be read now.</exception>
    public async Task<T?> Get<T>(string url, string authorization, Func<byte[], T> read, CancellationToken ct)
        where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var answer = await http.SendAsync(request, deadline.Token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new ToolException($"the tool answered HTTP {(int)answer.StatusCode}");
            return read(await answer.Content.ReadAsByteArrayAsync(deadline.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new ToolException(
                exception is JsonException
                    ? "the tool's answer is not JSON"
                    : $"the tool cannot be reached: {((HttpRequestException)exception).HttpRequestError}"
            );
        }
        catch (AddressRefusedException refused)
        {
            throw new ToolException(refused.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ToolException($"the tool did not answer within {Deadline.TotalSeconds:0} s");
        }
    }
}

/// <summary>The tool cannot be read now; its text holds nothing of what was asked or answered.</summary>
public sealed class ToolException(string message) : Exception(message), IKnownFault
{
    /// <inheritdoc/>
    public string Reason => Message;
}
