using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Prove;

/// <summary>Where many schools are told, in one process: each callback with its time, written into each school's ledger
/// as its tool would.</summary>
sealed class ToldTimes : IAsyncDisposable
{
    readonly ConcurrentDictionary<(string School, string Ticket), long> references = new();
    readonly ConcurrentDictionary<string, bool> seen = new();
    readonly Lock gate = new();
    readonly WebApplication app;
    string folder = "";

    ToldTimes(Uri url)
    {
        Url = url;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"{url}".TrimEnd('/'));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/{school}/callbacks", Take);
    }

    /// <summary>Its address; a school's is below.</summary>
    public Uri Url { get; }

    /// <summary>How long each answer is held back, by school.</summary>
    public ConcurrentDictionary<string, TimeSpan> Slow { get; } = new();

    /// <summary>Listens.</summary>
    public static async Task<ToldTimes> Start(Uri url)
    {
        var times = new ToldTimes(url);
        await times.app.StartAsync();
        return times;
    }

    /// <summary>Where the schools' folders are.</summary>
    public void WriteTo(string machinesFolder) => folder = machinesFolder;

    /// <summary>When a ticket's reference was told, in ticks of the stopwatch; null: not yet.</summary>
    public long? Referenced(string school, string ticket) => references.TryGetValue((school, ticket), out var at) ? at : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<IResult> Take(string school, HttpRequest request)
    {
        var at = Stopwatch.GetTimestamp();
        var callback = (await JsonNode.ParseAsync(request.Body))!;
        var (id, type, ticket) = (
            $"{request.Headers["webhook-id"]}",
            callback["type"]!.GetValue<string>(),
            callback["subject"]!.GetValue<string>()
        );
        var sequence = callback["sequence"]?.GetValue<string>();
        var line = JsonSerializer.Serialize(
            new
            {
                dir = "told",
                id,
                ticket,
                type,
                status = 200,
                repeat = !seen.TryAdd(id, true),
                sequence,
            }
        );
        lock (gate)
            File.AppendAllText(
                Path.Combine(
                    Directory.CreateDirectory(Path.Combine(folder, $"school-{school}")).FullName,
                    "school-ledger.jsonl"
                ),
                line + "\n"
            );
        if (type == "group.referenced")
            references.TryAdd((school, ticket), at);
        if (Slow.TryGetValue(school, out var slow))
            await Task.Delay(slow);
        return Results.Ok();
    }
}
