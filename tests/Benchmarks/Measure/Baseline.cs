using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>What the same could cost at the least: a process that takes the post, creates in iTop, calls the school
/// back and keeps nothing; and one that only answers.</summary>
static class Baseline
{
    const int Callers = 8;

    /// <param name="args">Where to listen, iTop, the school.</param>
    public static async Task<int> Run(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(args[0].TrimEnd('/'));
        var app = builder.Build();
        var (http, itop, school) = (new HttpClient(), new Uri(args[1]), new Uri(args[2]));
        app.MapGet("/readyz", () => Results.Ok());
        app.MapPost("/v1/schools/{school}/events", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return Results.Accepted();
        });
        app.MapPost("/glue", async (HttpRequest request) =>
        {
            var post = await JsonNode.ParseAsync(request.Body);
            await Direct(http, itop, school, $"{post!["title"]}");
            return Results.Accepted();
        });
        await app.RunAsync();
        return 0;
    }

    /// <summary>One create and one callback, and nothing kept.</summary>
    public static async Task Direct(HttpClient http, Uri itop, Uri school, string title)
    {
        await Create(http, itop, title);
        using var callback = new HttpRequestMessage(HttpMethod.Post, new Uri(school, "callbacks"))
        {
            Content = new ByteArrayContent("{}"u8.ToArray()),
        };
        callback.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var _ = await http.SendAsync(callback);
    }

    /// <summary>One create.</summary>
    public static async Task Create(HttpClient http, Uri itop, string title)
    {
        var fields = new JsonObject { ["org_id"] = "3", ["title"] = title, ["description"] = title };
        var operation = new JsonObject
        {
            ["operation"] = "core/create",
            ["class"] = "UserRequest",
            ["comment"] = "direct",
            ["fields"] = fields,
            ["output_fields"] = "id,ref",
        };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["version"] = "1.3",
                ["auth_user"] = "connecteur",
                ["auth_pwd"] = "demo-connecteur",
                ["json_data"] = operation.ToJsonString(),
            }
        );
        (await http.PostAsync(new Uri(itop, "webservices/rest.php"), form)).EnsureSuccessStatusCode();
    }

    /// <summary>Starts it as a process of its own; it ends when it is killed.</summary>
    public static async Task<(Process Process, Uri At)> Start(Machines machines)
    {
        var at = Ports.FreeAddress();
        var process = Machines.Run(
            Path.Combine(AppContext.BaseDirectory, "GroupTicketing.Benchmarks.dll"),
            [],
            "baseline",
            $"{at}",
            $"{machines.Itop}",
            $"{machines.School}"
        );
        await Machines.Ready(machines.Http, new Uri(at, "readyz"));
        return (process, at);
    }

    /// <summary>Milliseconds of CPU for each of so many posts.</summary>
    public static async Task<double> Glue(Machines machines, Process process, Uri at, int count)
    {
        var cpu = Proc.CpuMs(process.Id);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (number, ct) =>
                (
                    await machines.Http.PostAsync(new Uri(at, "glue"), Body.Of(Body.Ticket($"{number}")), ct)
                ).EnsureSuccessStatusCode()
        );
        return (double)(Proc.CpuMs(process.Id) - cpu) / count;
    }
}
