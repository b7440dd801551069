using System.Text;
using System.Text.Json;
using GroupTicketing.Simulators.Itop.Rest;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop;

/// <summary><c>POST /webservices/rest.php</c>: HTTP 200 for every application error. The work goes on when the client has left.</summary>
public sealed class RestEndpoint(ItopStore store, Operations operations, Accounts accounts, FaultSwitch faults, CallCount count)
{
    private static readonly string[] Versions = ["1.0", "1.1", "1.2", "1.3", "1.4"];

    public async Task Handle(HttpContext context, TimeSpan latency)
    {
        var now = faults.Next();
        if (now.Refuse)
        {
            context.Abort();
            return;
        }
        if (now.Maintenance)
        {
            await Write(context, 503, "application/json", """{"data":[{"code":100,"message":"This application is currently under maintenance."}],"scripts":[]}"""u8.ToArray());
            return;
        }
        if (faults.Happens(now.Http500Share))
        {
            await Broken(context);
            return;
        }
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        var wait = now.LatencyMs is { } ms ? TimeSpan.FromMilliseconds(ms) : latency;
        await Answer(context, form, now, wait);
    }

    private async Task Answer(HttpContext context, IFormCollection? form, Faults now, TimeSpan wait)
    {
        try
        {
            var call = Understand(context, form);
            count.Count(call.Operation, call.Operation == "list_operations" ? "" : call.Text("class"));
            var isWrite = call.Operation is "core/create" or "core/update" or "core/apply_stimulus";
            if (isWrite && now.ReadOnly)
                throw Refusal.Rights("creating", call.Text("class"));
            if (call.Operation == "core/create" && call.Class.Name == "UserRequest" && now.CreateCommitLateMs is { } late && faults.Happens(now.CreateCommitLateShare))
            {
                _ = Task.Run(() => operations.Run(call, () => Task.Delay(faults.Pick(late))));
                context.Abort();
                return;
            }
            // Not the request's own task: PHP finishes what it began though nobody listens any more.
            var answer = await Task.Run(() => operations.Run(call, () => Task.Delay(wait)));
            if (isWrite && faults.Happens(now.DropAnswerShare))
                context.Abort();
            else
                await Write(context, 200, "application/json", AnswerJson.Of(answer, store));
        }
        catch (Refusal refusal)
        {
            await Write(context, 200, "application/json", AnswerJson.Of(Rest.Answer.Of(refusal), store));
        }
        catch (PhpFailure)
        {
            await Broken(context);
        }
    }

    private Call Understand(HttpContext context, IFormCollection? form)
    {
        string Value(string name) => form is not null && form.TryGetValue(name, out var value) ? $"{value}" : $"{context.Request.Query[name]}";

        var version = Value("version");
        if (version == "")
            throw new Refusal(2, "Missing parameter 'version' (e.g. '1.0')", thrown: true);
        var account = accounts.Login(context.Request, form);
        if (!Versions.Contains(version))
            throw new Refusal(10, $"Unsupported version '{version}'", thrown: true);
        var text = form?.Files["json_data"] is { } file ? new StreamReader(file.OpenReadStream()).ReadToEnd() : Value("json_data");
        if (text == "")
            throw new Refusal(3, "Missing parameter 'json_data'", thrown: true);
        try
        {
            var json = JsonDocument.Parse(text).RootElement;
            return json.ValueKind == JsonValueKind.Object ? new Call(json, account) : throw NotJson();
        }
        catch (JsonException)
        {
            throw NotJson();
        }
    }

    private static Refusal NotJson() => new(4, "Parameter json_data is not a valid JSON structure", thrown: true);

    private static Task Broken(HttpContext context) =>
        Write(context, 500, "text/html", Encoding.UTF8.GetBytes("<p>iTop: An error occurred, check server error log for more information.</p>"));

    private static async Task Write(HttpContext context, int status, string type, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(body);
    }
}

/// <summary>How many calls of each kind came.</summary>
public sealed class CallCount
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _calls = new();

    public IReadOnlyDictionary<string, int> Calls => _calls;

    public void Count(string operation, string itopClass) => _calls.AddOrUpdate($"{operation} {itopClass}".Trim(), 1, (_, count) => count + 1);

    public void Reset() => _calls.Clear();
}
