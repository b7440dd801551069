using System.Net;
using System.Text.Json;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What iTop's answers mean: a closed set of reasons, without what the messages quote.</summary>
static class ItopAnswers
{
    public static IReadOnlyList<ItopObject> Read(HttpStatusCode status, byte[] body)
    {
        if (status == HttpStatusCode.ServiceUnavailable)
            throw new ItopException(new Answer.TryAgain("iTop is under maintenance", Sent: false, TargetDown: true));
        if (status == HttpStatusCode.RequestEntityTooLarge)
            throw new ItopException(new Answer.Refused("iTop's web server takes no request that big: raise client_max_body_size and post_max_size"));
        if ((int)status >= 500)
            throw new ItopException(new Answer.TryAgain($"iTop answered HTTP {(int)status}", TargetDown: true));
        if (status != HttpStatusCode.OK)
            throw new ItopException(new Answer.TryAgain($"iTop answered HTTP {(int)status}: check its address", Sent: false, TargetDown: true));
        return Objects(body);
    }

    static IReadOnlyList<ItopObject> Objects(byte[] body)
    {
        try
        {
            var root = JsonDocument.Parse(body).RootElement;
            if (root.GetProperty("code").GetInt32() is not 0 and var code)
                throw Refused(code, root.GetProperty("message").GetString() ?? "");
            if (!root.TryGetProperty("objects", out var objects) || objects.ValueKind is not JsonValueKind.Object)
                return [];
            return [.. objects.EnumerateObject().Select(one => new ItopObject(one.Value.GetProperty("key").ToString(), one.Value.GetProperty("fields")))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ItopException(new Answer.TryAgain("iTop's answer is not its REST's JSON", TargetDown: true));
        }
    }

    static ItopException Refused(int code, string message) => new(OfCode(code, message), code, message);

    /// <summary>Messages are in the account's language; only the attribute's code and the English tail are stable.</summary>
    static Answer OfCode(int code, string message) => (code, message) switch
    {
        (1, _) when message.Contains("Invalid login") => new Answer.TryAgain("iTop refuses the connector's login: check the account", Sent: false, TargetDown: true),
        (1, _) => new Answer.TryAgain("iTop refuses the right: read-only mode, or the account lacks a profile", Sent: false, TargetDown: true),
        (100, _) when message.Contains("mysql_errno") => new Answer.TryAgain("iTop's database was busy", Sent: false),
        (100, _) when message.Contains("Invalid stimulus") => new Answer.TryAgain("the ticket was in another state", TimeSpan.FromSeconds(1), Sent: false),
        _ => new Answer.Refused($"iTop refuses it (code {code}{Where(message)})"),
    };

    static string Where(string message)
    {
        foreach (var tail in new[] { "Null not allowed", "Value not allowed", "String too long", "Wrong format", "Unknown attribute", "No item found", "Several items found", "Invalid object", "Missing mandatory" })
        {
            if (message.Contains(tail))
                return $", {tail}";
        }
        return "";
    }

    public static Answer Of(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError => new Answer.TryAgain("iTop cannot be reached", Sent: false, TargetDown: true),
        HttpRequestError.SecureConnectionError => new Answer.TryAgain("iTop's certificate is not trusted", Sent: false, TargetDown: true),
        _ => new Answer.TryAgain("the connection to iTop broke"),
    };
}
