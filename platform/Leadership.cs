using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// Of several instances on one store, the one that does what only one may do: it renews its lead every two seconds, and
/// another takes over when it has been silent for ten.
/// Told by each instance's own time that only goes on: neither a wall clock that jumps nor a process that was stopped
/// makes two of them.
/// </summary>
public sealed partial class Leadership(
    IStore store,
    IEnumerable<IAdapter> adapters,
    IEnumerable<SoleTask> tasks,
    TimeProvider clock,
    ILogger<Leadership> logger
) : BackgroundService
{
    const string Service = "leader";

    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    // Shorter than the silence that is waited for: whoever cannot renew stops before another begins.
    static readonly TimeSpan Believed = TimeSpan.FromSeconds(6);
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    readonly IReadOnlyList<string> names =
    [
        .. adapters.Where(adapter => adapter.OnlyOneInstance).Select(adapter => adapter.Targets),
        .. tasks.Select(task => task.Name),
    ];
    readonly ConcurrentDictionary<string, Lead> leads = new();

    /// <summary>Whether this instance leads there; on a store that no other process works on it always does.</summary>
    public bool Leads(string name) =>
        !store.IsShared
        || (leads.TryGetValue(name, out var lead) && lead.Renewed is { } renewed && clock.GetElapsedTime(renewed) < Believed);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!store.IsShared)
            return;
        using var timer = new PeriodicTimer(Every, clock);
        do
            await Turn(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Leaves the lead to whoever asks next.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var name in names.Where(name => store.IsShared && Leads(name)))
            await Try(name, () => Write(name, leads[name].Version, isFree: true, cancellationToken), cancellationToken);
        leads.Clear();
    }

    /// <summary>One round: renews what is led, takes over what nobody leads any more.</summary>
    public async Task Turn(CancellationToken ct)
    {
        foreach (var name in names)
            await Try(name, () => Turn(name, ct), ct);
    }

    async Task Turn(string name, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var known = leads.GetOrAdd(name, new Lead(-1, began, null));
        var stored = await store.Load(KeyOf(name), ct);
        var version = stored?.Version ?? 0;
        var isMine = known.Renewed is not null && version == known.Version;
        if (version != known.Version)
            leads[name] = known = new Lead(version, began, null);
        if (!isMine && !IsFree(stored) && clock.GetElapsedTime(known.Seen) < Silence)
            return;
        if (!await Write(name, version, isFree: false, ct))
            return;
        leads[name] = new Lead(version + 1, began, began);
        if (!isMine)
            Log.Leads(logger, name);
    }

    // Nothing is decided without the store: then the lead is lost by itself.
    async Task Try(string name, Func<Task> act, CancellationToken ct)
    {
        try
        {
            await act();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.Failed(logger, name, Telemetry.WhereFrom(exception));
        }
    }

    Task<bool> Write(string name, long version, bool isFree, CancellationToken ct) =>
        store.Save(
            new StoredDocument(KeyOf(name), version + 1, Json.Write(new LeadRecord(isFree)), null, clock.GetUtcNow(), null),
            [],
            ct
        );

    static bool IsFree(StoredDocument? stored) => stored is null || Json.Read<LeadRecord>(stored.Body).IsFree;

    static string KeyOf(string name) => DocumentKey.For(Service, name);

    /// <param name="Version">The version last seen.</param>
    /// <param name="Seen">When it was first seen.</param>
    /// <param name="Renewed">When this instance began to write it; null: another did.</param>
    sealed record Lead(long Version, long Seen, long? Renewed);

    sealed record LeadRecord(bool IsFree);

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "this instance leads {Name}")]
        public static partial void Leads(ILogger logger, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "the lead of {Name} was not renewed: {Reason}")]
        public static partial void Failed(ILogger logger, string name, string reason);
    }
}

/// <summary>Something else that of several instances only one does.</summary>
/// <param name="Name">Its name for <see cref="Leadership.Leads"/>.</param>
public sealed record SoleTask(string Name);
