using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What iTop's web server does with a call, below what <see cref="ItopClient"/> shows: its clock, its limits,
/// what it makes of HTTP Basic. Each is one call that changes nothing.</summary>
sealed class ItopWebServer(HttpClient http, ItopOptions options, TimeProvider clock)
{
    const string Ask = """{"operation":"list_operations"}""";
    const int MiB = 1024 * 1024;

    // The form around the padding is part of the body.
    const int Room = 512;

    static readonly double[] sizes = [Core.Diagnosis.LargestWanted, 24, 16, 8, 2, 1, 0.5, 0.25, 0.125, 0.0625];

    /// <summary>How far its clock is ahead of ours; to the second, as HTTP tells it.</summary>
    public async Task<TimeSpan?> ClockAhead(CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        using var answer = await Post(Form(), null, ct);
        var middle = began + ((clock.GetUtcNow() - began) / 2);
        return answer?.Headers.Date is { } date ? date - middle + TimeSpan.FromSeconds(0.5) : null;
    }

    /// <summary>Whether the account may log in by HTTP Basic as it may by the form.</summary>
    public async Task<bool?> TakesBasic(CancellationToken ct)
    {
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"));
        using var answer = await Post(
            $"version=1.3&json_data={Uri.EscapeDataString(Ask)}",
            new AuthenticationHeaderValue("Basic", login),
            ct
        );
        return answer is null ? null : await IsTaken(answer, ct);
    }

    /// <summary>The largest body of those tried that comes through, in MiB; null: not even the smallest.</summary>
    public async Task<double?> LargestBody(CancellationToken ct)
    {
        foreach (var size in sizes)
        {
            using var answer = await Post($"{Form()}&pad={new string('a', (int)(size * MiB) - Room)}", null, ct);
            if (answer is not null && await IsTaken(answer, ct))
                return size;
        }
        return null;
    }

    string Form() =>
        $"version=1.3&auth_user={Uri.EscapeDataString(options.User)}"
        + $"&auth_pwd={Uri.EscapeDataString(options.Password)}&json_data={Uri.EscapeDataString(Ask)}";

    // Null: the connection broke, as a web server may break it on a body that it will not read.
    async Task<HttpResponseMessage?> Post(string form, AuthenticationHeaderValue? basic, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Url, "webservices/rest.php"))
        {
            Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded"),
            Headers = { Authorization = basic },
        };
        try
        {
            return await http.SendAsync(request, ct);
        }
        catch (Exception exception)
            when (exception is HttpRequestException || (exception is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    static async Task<bool> IsTaken(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            return answer.IsSuccessStatusCode
                && JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(ct)).RootElement.GetProperty("code").GetInt32()
                    == 0;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
