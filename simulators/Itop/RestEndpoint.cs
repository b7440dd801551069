using System.Text;
using System.Text.Json;
using GroupTicketing.Simulators.Itop.Rest;
using Microsoft.AspNetCore.Http.Features;

namespace GroupTicketing.Simulators.Itop;

/// <summary>The HTTP side of <c>/webservices/rest.php</c>, with its faults. What a call began is finished even if the
/// caller has gone.</summary>
public sealed class RestEndpoint(RestApi api, Faults faults, CallCounter calls)
{
    private const string TooLarge = "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n</html>\r\n";

    private readonly OddAnswers _odd = new(api, faults);

    public async Task Serve(HttpContext http)
    {
        var state = faults.Current;
        if (state.Refuse)
        {
            http.Abort();
            return;
        }
        var largestBody = state.LargestBodyMiB * 1024 * 1024;
        if (http.Request.ContentLength > largestBody)
        {
            // Read to the end, as the observed web server does: a client still sending would see a broken pipe instead
            // of the answer.
            await http.Request.Body.CopyToAsync(Stream.Null, CancellationToken.None);
            await Write(http, 413, "text/html", Encoding.UTF8.GetBytes(TooLarge));
            return;
        }
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = largestBody;
        var (form, json) = await ReadForm(http.Request);
        if (state.Maintenance)
            await Write(http, 503, "application/json", Encoding.UTF8.GetBytes(OddAnswers.Maintenance));
        else if (faults.Shape(IsTicketCreate(json)) is { } shape)
            await Oddly(shape, http, form, json);
        else if (faults.Strikes(state.Http500Share))
            await Write(http, 500, "text/html", Encoding.UTF8.GetBytes(OddAnswers.PhpError));
        else if (state.CreateCommitLateShare > 0 && IsTicketCreate(json) && faults.Strikes(state.CreateCommitLateShare))
            CommitLate(http, form, json);
        else
            await Answer(http, form, json, faults.Strikes(state.DropAnswerShare));
    }

    public IResult Status(HttpContext http)
    {
        if (faults.Current.Refuse)
            http.Abort();
        return Results.Text("""{"status":"RUNNING","code":0,"message":""}""", "application/json");
    }

    private Task Oddly(string shape, HttpContext http, IFormCollection? form, string? json)
    {
        calls.Note($"fault {shape}");
        return _odd.Serve(shape, http, form, json);
    }

    private async Task Answer(HttpContext http, IFormCollection? form, string? json, bool drop)
    {
        try
        {
            var answer = await api.Answer(http.Request, form, json);
            if (drop)
                http.Abort();
            else if (Callback(http.Request, form) is { } callback)
                await Write(
                    http,
                    200,
                    "application/javascript",
                    [.. Encoding.UTF8.GetBytes($"{callback}("), .. answer, .. ");"u8]
                );
            else
                await Write(http, 200, "application/json", answer);
        }
        catch (PhpFailure)
        {
            await Write(http, 500, "text/html", Encoding.UTF8.GetBytes(OddAnswers.PhpError));
        }
        catch (EmptyAnswer)
        {
            await Write(http, 200, "text/html", []);
        }
        catch (BrokenAnswer)
        {
            await Write(http, 200, "application/json", "{\"objects\":{\"UserRequest::"u8.ToArray());
        }
        catch (SlowAnswer)
        {
            await faults.Silence();
            http.Abort();
        }
    }

    private static string? Callback(HttpRequest request, IFormCollection? form) =>
        $"{request.Query["callback"]}{form?["callback"]}" is { Length: > 0 } name ? name : null;

    private void CommitLate(HttpContext http, IFormCollection? form, string? json)
    {
        // The request object dies with the connection; a copy of what the login needs outlives it.
        var copy = new DefaultHttpContext().Request;
        copy.Method = http.Request.Method;
        copy.Headers.Authorization = http.Request.Headers.Authorization;
        copy.QueryString = http.Request.QueryString;
        http.Abort();
        _ = Task.Run(async () =>
        {
            await faults.LateCommit();
            await api.Answer(copy, form, json);
        });
    }

    private static async Task<(IFormCollection? Form, string? Json)> ReadForm(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
            return (null, request.Query["json_data"]);
        if (!request.HasFormContentType || !HttpMethods.IsPost(request.Method))
            return (null, null);
        var form = IsMultipart(request)
            ? await request.ReadFormAsync(CancellationToken.None)
            : UrlEncoded.Read(await Bytes(request));
        if (form.Files["json_data"] is not { } file)
            return (form, form["json_data"]);
        using var reader = new StreamReader(file.OpenReadStream());
        return (form, await reader.ReadToEndAsync(CancellationToken.None));
    }

    private static bool IsMultipart(HttpRequest request) =>
        request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> Bytes(HttpRequest request)
    {
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(body, CancellationToken.None);
        return body.ToArray();
    }

    private static bool IsTicketCreate(string? json)
    {
        try
        {
            using var call = JsonDocument.Parse(json ?? "{}");
            return Is(call.RootElement, "operation", "core/create") && Is(call.RootElement, "class", "UserRequest");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Is(JsonElement call, string member, string value) =>
        call.ValueKind == JsonValueKind.Object && call.TryGetProperty(member, out var given) && given.ToString() == value;

    private static async Task Write(HttpContext http, int status, string type, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers.CacheControl = "no-store, no-cache, must-revalidate";
        await http.Response.Body.WriteAsync(body);
    }
}
