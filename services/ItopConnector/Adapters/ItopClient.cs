using System.Text.Json.Nodes;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop 3.2's REST/JSON, one operation a call, as observed: HTTP 200 with a code for every application error, HTML for the others.</summary>
public sealed class ItopClient(HttpClient http, ItopOptions options)
{
    /// <summary>Runs one operation; what iTop answers is read, never trusted.</summary>
    /// <exception cref="ItopException">Anything but code 0; <see cref="ItopException.Answer"/> says what to do.</exception>
    public async Task<IReadOnlyList<ItopObject>> Call(JsonObject operation, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["version"] = "1.3",
            ["auth_user"] = options.User,
            ["auth_pwd"] = options.Password,
            ["json_data"] = operation.ToJsonString(),
        });
        try
        {
            using var response = await http.PostAsync(new Uri(options.Url, "webservices/rest.php"), form, ct);
            var body = await response.Content.ReadAsByteArrayAsync(ct);
            return ItopAnswers.Read(response.StatusCode, body);
        }
        catch (HttpRequestException exception)
        {
            throw new ItopException(ItopAnswers.Of(exception));
        }
    }

    /// <summary>Objects of a class by OQL, with these fields only.</summary>
    public Task<IReadOnlyList<ItopObject>> Get(string of, string oql, string fields, CancellationToken ct) =>
        Call(new JsonObject { ["operation"] = "core/get", ["class"] = of, ["key"] = oql, ["output_fields"] = fields }, ct);

    /// <summary>A text inside an OQL string: backslash escapes.</summary>
    public static string Quote(string text) => $"'{text.Replace("\\", "\\\\").Replace("'", "\\'")}'";

    /// <summary>A text inside an OQL LIKE: its wildcards are escaped as well.</summary>
    public static string QuoteLike(string text, string after) => Quote(text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + after);
}
