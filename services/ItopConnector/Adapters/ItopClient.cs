using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop 3.2's REST/JSON, one operation a call, as observed: HTTP 200 with a code for every application error,
/// HTML for the others.</summary>
public sealed class ItopClient(HttpClient http, ItopOptions options, TimeProvider clock)
{
    const int LargeBody = 256 * 1024;

    readonly ItopRights rights = new(clock);
    readonly HeldCalls held = new(LeavesWorker, clock);
    readonly ItopClock clocks = new();

    /// <summary>How far iTop's clock is from ours.</summary>
    public ItopClock Clock => clocks;

    /// <summary>Runs one operation, within the deadline; what iTop answers is read, never trusted.</summary>
    /// <param name="file">Opens what stands where the operation says <see cref="ItopForm.FileHere"/>; closed once it
    /// was sent.</param>
    /// <exception cref="ItopException">Anything but code 0; <see cref="ItopException.Answer"/> says what to do.</exception>
    public Task<IReadOnlyList<ItopObject>> Call(
        JsonObject operation,
        CancellationToken ct,
        Func<CancellationToken, Task<Stream>>? file = null
    ) =>
        ItopRights.Writes(operation) ? Write(operation, file, ct) : Read(operation, ct);

    // While one is held no more than two are there, and reads pass.
    async Task<IReadOnlyList<ItopObject>> Write(
        JsonObject operation,
        Func<CancellationToken, Task<Stream>>? file,
        CancellationToken ct
    )
    {
        try
        {
            return await held.Wait(token => Send(operation, file, token), options.Deadline, ct);
        }
        catch (TimeoutException)
        {
            throw Late(options.Deadline);
        }
        catch (HoldingException)
        {
            throw new ItopException(ItopFault.Holding, ItopAnswers.From(ItopFault.Holding));
        }
    }

    static bool LeavesWorker(Exception fault) => fault is ItopException { Fault: ItopFault.Broken or ItopFault.Failed };

    /// <summary>It did not answer in time.</summary>
    public static ItopException Late(TimeSpan deadline) =>
        new(ItopFault.Broken, new Answer.TryAgain($"no answer within {deadline.TotalSeconds:0} s", TargetDown: true));

    async Task<IReadOnlyList<ItopObject>> Read(JsonObject operation, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(options.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return await Send(operation, null, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Late(options.Deadline);
        }
    }

    async Task<IReadOnlyList<ItopObject>> Send(
        JsonObject operation,
        Func<CancellationToken, Task<Stream>>? file,
        CancellationToken ct
    )
    {
        using var form = await ItopForm.For(operation, options, file, ct);
        try
        {
            using var response = await http.PostAsync(new Uri(options.Url, "webservices/rest.php"), form, ct);
            clocks.Saw(response.Headers.Date, clock.GetUtcNow());
            var body = await response.Content.ReadAsByteArrayAsync(ct);
            var objects = ItopAnswers.Read(response.StatusCode, body);
            rights.Granted(operation);
            return objects;
        }
        catch (HttpRequestException exception)
        {
            throw ItopAnswers.From(exception);
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.Login && form.Headers.ContentLength >= LargeBody)
        {
            // PHP empties a body over its post_max_size: the login is gone with it.
            throw new ItopException(ItopFault.TooBig, ItopAnswers.From(ItopFault.TooBig));
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.WriteDenied)
        {
            throw new ItopException(exception.Fault, rights.Denied(operation)) { Sentence = exception.Sentence };
        }
    }

    /// <summary>Objects of a class by OQL, with these fields only.</summary>
    public Task<IReadOnlyList<ItopObject>> Get(string of, string oql, string fields, CancellationToken ct) =>
        Call(new JsonObject { ["operation"] = "core/get", ["class"] = of, ["key"] = oql, ["output_fields"] = fields }, ct);

    /// <summary>A call that costs nothing: whether iTop answers at all.</summary>
    public Task<IReadOnlyList<ItopObject>> Nothing(CancellationToken ct) => Get("UserRequest", Bound.Query("0", null), "id", ct);

    /// <summary>A text inside an OQL string: backslash escapes.</summary>
    public static string Quote(string text) => $"'{text.Replace("\\", "\\\\").Replace("'", "\\'")}'";

    /// <summary>A text inside an OQL LIKE: its wildcards are escaped as well.</summary>
    public static string QuoteLike(string text, string after) =>
        Quote(text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + after);
}
