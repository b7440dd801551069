using System.Net;
using System.Text.Json;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop's answers as objects, or as what to do about a fault, in words for the operator and without what the
/// messages quote.</summary>
static class ItopAnswers
{
    /// <exception cref="ItopException">Anything but code 0.</exception>
    public static IReadOnlyList<ItopObject> Read(HttpStatusCode status, byte[] body)
    {
        if (status != HttpStatusCode.OK)
            throw new ItopException(Faults.OfStatus((int)status), From(Faults.OfStatus((int)status), $" {(int)status}"))
            {
                Where = $" (HTTP {(int)status})",
            };
        return Objects(body);
    }

    /// <summary>The one object that a write shows.</summary>
    /// <param name="did">What iTop says it did, e.g. <c>created</c>.</param>
    /// <exception cref="ItopException">It shows none, or several.</exception>
    public static ItopObject Only(IReadOnlyList<ItopObject> shown, string did) =>
        shown is [var one]
            ? one
            : throw new ItopException(ItopFault.Broken, new Answer.TryAgain($"iTop said it {did}, and shows nothing"));

    static IReadOnlyList<ItopObject> Objects(byte[] body)
    {
        try
        {
            var root = JsonDocument.Parse(body).RootElement;
            if (root.GetProperty("code").GetInt32() is not 0 and var code)
                throw OfCode(code, root.GetProperty("message").GetString() ?? "");
            if (!root.TryGetProperty("objects", out var objects) || objects.ValueKind is not JsonValueKind.Object)
                return [];
            return
            [
                .. objects
                    .EnumerateObject()
                    .Select(one => new ItopObject(one.Value.GetProperty("key").ToString(), one.Value.GetProperty("fields"))),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ItopException(ItopFault.NotRest, From(ItopFault.NotRest));
        }
    }

    static ItopException OfCode(int code, string message)
    {
        var fault = Faults.From(code, message);
        var where =
            Faults.AttributeIn(message) is { } attribute ? $" ({attribute})"
            : fault is ItopFault.Other ? $" (code {code})"
            : "";
        return new ItopException(fault, From(fault, where)) { Sentence = Faults.SentenceIn(message), Where = where };
    }

    /// <summary>What to do about a fault.</summary>
    /// <param name="where">The attribute, code or status it is about, with what sets it apart.</param>
    public static Answer From(ItopFault fault, string where = "") => fault switch
    {
        ItopFault.Unreachable => Down("iTop cannot be reached", sent: false),
        ItopFault.Untrusted => Down(
            "iTop's certificate is not trusted: mend the certificate, or trust its authority",
            sent: false
        ),
        ItopFault.Broken => new Answer.TryAgain("the connection to iTop broke"),
        ItopFault.Holding => Down(
            "iTop answers reads and holds writes, two of ours among them: look which lock its database waits for",
            sent: false
        ),
        ItopFault.Maintenance => Down("iTop is under maintenance", sent: false),
        ItopFault.TooBig => new Answer.Refused(
            "iTop's web server takes no request that big: raise client_max_body_size and post_max_size, then retry"
        ),
        ItopFault.AnswerTooBig => new Answer.Refused(
            "the file in iTop has over 25 MiB, more than crosses: put a smaller one there, or a link, and give this one up",
            Cause: Cause.TooLarge
        ),
        ItopFault.Failed => Down($"iTop answered HTTP{where}: look into its error log"),
        ItopFault.Elsewhere => Down($"iTop answered HTTP{where}: check its address", sent: false),
        ItopFault.NotRest => Down("iTop's answer is not its REST's JSON: check its address, and what stands before it"),
        ItopFault.Login => Down("iTop refuses the connector's login: check the account and its password", sent: false),
        ItopFault.NoRest => Down(
            "the connector's account may not use iTop's REST: give it the profile REST Services User",
            sent: false
        ),
        ItopFault.Portal => Down(
            "the connector's account is a portal user, which iTop's REST does not take: take that profile from it",
            sent: false
        ),
        ItopFault.WriteDenied => Down("iTop takes no writes: read-only mode, or the account lacks a profile", sent: false),
        ItopFault.ReadDenied => new Answer.Refused(
            "the connector's account may not read that class: give it the profile Support Agent, then retry"
        ),
        ItopFault.Busy => new Answer.TryAgain("iTop's database was busy", Sent: false),
        ItopFault.OtherState => new Answer.TryAgain("the ticket was in another state", TimeSpan.FromSeconds(1), Sent: false),
        ItopFault.Missing => new Answer.Refused(
            $"iTop demands a field that is empty{where}: fill it in the ticket there, then retry"
        ),
        ItopFault.WrongValue => new Answer.Refused($"iTop does not know the value{where}: mend the catalogue, then retry"),
        ItopFault.TooLong => new Answer.Refused(
            $"longer than iTop takes{where}: its data model was changed; widen the attribute, then retry"
        ),
        ItopFault.WrongFormat => new Answer.Refused(
            $"not in the form iTop reads{where}: check its date format and the catalogue, then retry"
        ),
        ItopFault.NotInModel => new Answer.Refused(
            $"this iTop's data model lacks an attribute or class{where}: it is not a stock 3.2; run itop doctor"
        ),
        ItopFault.NotThere => new Answer.Refused(
            $"iTop has no such object, or hides it from the account{where}: check the catalogue and the account's "
            + "organisations, then retry"
        ),
        ItopFault.Several => new Answer.Refused(
            $"iTop has several objects where one is meant{where}: rename one of them there, then retry"
        ),
        ItopFault.Duplicate => new Answer.Refused(
            $"iTop has one like it already{where}: look there, then give this one up or retry"
        ),
        _ => new Answer.Refused($"iTop refuses it{where}: look into its error log, then retry"),
    };

    /// <summary>An attempt is in doubt, and what it was to do is not there: it may still come.</summary>
    /// <param name="does">What iTop may still be doing.</param>
    /// <param name="rest">For how long.</param>
    public static Answer.TryAgain InDoubt(string does, TimeSpan rest) =>
        new($"iTop may still be {does}", rest, Sent: false, Cause: Cause.InDoubt);

    public static ItopException From(HttpRequestException exception)
    {
        var fault = exception.HttpRequestError switch
        {
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError => ItopFault.Unreachable,
            HttpRequestError.SecureConnectionError => ItopFault.Untrusted,
            HttpRequestError.ConfigurationLimitExceeded => ItopFault.AnswerTooBig,
            _ => ItopFault.Broken,
        };
        return new ItopException(fault, From(fault));
    }

    static Answer.TryAgain Down(string reason, bool sent = true) => new(reason, Sent: sent, TargetDown: true);
}
