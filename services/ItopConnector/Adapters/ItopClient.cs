using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop 3.2's REST/JSON, one operation a call, as observed: HTTP 200 with a code for every application error, HTML for the others.</summary>
public sealed class ItopClient(HttpClient http, ItopOptions options, TimeProvider clock)
{
    readonly ItopRights rights = new(clock);

    /// <summary>Runs one operation, within the deadline; what iTop answers is read, never trusted.</summary>
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
        using var late = new CancellationTokenSource(options.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            using var response = await http.PostAsync(new Uri(options.Url, "webservices/rest.php"), form, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            var objects = ItopAnswers.Read(response.StatusCode, body);
            rights.Granted(operation);
            return objects;
        }
        catch (HttpRequestException exception)
        {
            throw ItopAnswers.Of(exception);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ItopException(ItopFault.Broken, new Answer.TryAgain($"no answer within {options.Deadline.TotalSeconds:0} s", TargetDown: true));
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.WriteDenied)
        {
            throw new ItopException(exception.Fault, rights.Denied(operation));
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
