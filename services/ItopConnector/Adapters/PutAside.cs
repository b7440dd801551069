using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Requests on which iTop fails whenever they are read: kept in the store, seen by who runs it, and tried at
/// growing intervals.</summary>
public sealed partial class PutAside(IStore store, Findings findings, TimeProvider clock, ILogger<PutAside> logger)
{
    const string Collection = "itop";
    const string Prefix = "aside/";
    const string Finding = "unread-item";
    const int MostTried = 3;

    static readonly TimeSpan[] pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
    ];

    readonly ConcurrentDictionary<string, Aside> known = new();
    bool isLoaded;

    /// <summary>Measured by whoever reads iTop.</summary>
    public void Measure() =>
        Telemetry.Meter.CreateObservableGauge(
            "groupticketing.itop.put_aside",
            () => known.Count,
            "{request}",
            "Requests that iTop cannot show: put aside, and tried at growing intervals."
        );

    /// <summary>Whether it is aside: it is read alone, when it is due, and with no others.</summary>
    public bool Holds(string id) => known.ContainsKey(id);

    /// <summary>Those that are to be tried now, whose turn is longest past first: a few, for each may take as long as a
    /// good part of a round, and the others' readings and files are not to wait for them.</summary>
    public async Task<IReadOnlyList<string>> Due(CancellationToken ct)
    {
        if (!isLoaded)
        {
            foreach (var (key, body) in await store.ListSide(Collection, Prefix, ct))
                known[key[Prefix.Length..]] = Json.Read<Aside>(body);
            isLoaded = true;
        }
        var now = clock.GetUtcNow();
        var due = known.Where(one => one.Value.Next <= now).OrderBy(one => one.Value.Next);
        return [.. due.Take(MostTried).Select(one => one.Key)];
    }

    public async Task Put(string id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = known.GetValueOrDefault(id) ?? new Aside(now, 0, now);
        var aside = before with { Tries = before.Tries + 1, Next = now + pauses[Math.Min(before.Tries, pauses.Length - 1)] };
        known[id] = aside;
        await store.PutSide(Collection, Prefix + id, Json.Write(aside), null, ct);
        await findings.Note(ItopCall.Target, Finding, id, ct);
        if (before.Tries == 0)
            Log.Aside(logger, id);
    }

    /// <summary>It was read after all, or is no longer there.</summary>
    public async Task Back(string id, CancellationToken ct)
    {
        if (!known.TryRemove(id, out _))
            return;
        await findings.Mended(ItopCall.Target, Finding, id, ct);
        await store.DeleteSide(Collection, Prefix + id, ct);
        Log.Back(logger, id);
    }

    /// <summary>Only what is stored counts from now on.</summary>
    public void Forget()
    {
        known.Clear();
        isLoaded = false;
    }

    sealed record Aside(DateTimeOffset Since, int Tries, DateTimeOffset Next);

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "iTop fails on the request with id {Id} whenever it is read: it is put aside and tried from time to "
                + "time; look into iTop's error log"
        )]
        public static partial void Aside(ILogger logger, string id);

        [LoggerMessage(Level = LogLevel.Warning, Message = "the request with id {Id} can be read again")]
        public static partial void Back(ILogger logger, string id);
    }
}
