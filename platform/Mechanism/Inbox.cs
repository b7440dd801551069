using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Platform;

/// <summary>What a document does with an incoming message before any decision: order and repeats.</summary>
public static class Inbox
{
    /// <summary>How many source ids a document remembers.</summary>
    public const int MostSourceIds = 2_000;

    /// <summary>How many early messages a document holds itself; more lie apart.</summary>
    public const int MostWaiting = 50;

    /// <summary>How long a gap is left to close by itself before the speaker is told.</summary>
    public static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(30);

    /// <summary>What was taken of a stream, by the newest word on it.</summary>
    internal static Incoming Incoming<TState>(this Document<TState> document, string stream)
    {
        var heard = document.Heard.GetValueOrDefault(stream);
        IReadOnlyList<Place> before = document.HeardBefore.TryGetValue(stream, out var found) ? found : [];
        var incoming = new Incoming(heard, before, heard);
        foreach (var place in before)
            incoming = incoming.With(place);
        foreach (var waiting in document.Waiting)
        {
            if (waiting.Stream == stream)
                incoming = incoming.With(waiting.Place);
        }
        return incoming;
    }

    /// <summary>A place is the last that was taken of its stream.</summary>
    public static void Hear<TState>(this Document<TState> document, string stream, Place place)
    {
        if (document.Heard.TryGetValue(stream, out var heard) && heard.Epoch != place.Epoch)
            document.HeardBefore[stream] = [.. document.Incoming(stream).Earlier(place)];
        document.Heard[stream] = place;
    }

    /// <summary>Notes a message's place and source id. False when its source id was taken before: its number counts as
    /// heard, and nothing is decided.</summary>
    public static bool Note<TState>(this Document<TState> document, string? stream, Place place, string? sourceId)
    {
        if (stream is not null)
            document.Hear(stream, place);
        return sourceId is null || document.Remember(sourceId);
    }

    /// <summary>Remembers a source id. False when it was taken before.</summary>
    public static bool Remember<TState>(this Document<TState> document, string sourceId)
    {
        var hash = HashOf(sourceId);
        if (document.Taken.Contains(hash))
            return false;
        document.Taken.Add(hash);
        if (document.Taken.Count > MostSourceIds)
            document.Taken.RemoveAt(0);
        return true;
    }

    /// <summary>Whether a source id was taken, or waits to be decided.</summary>
    public static bool HasTaken<TState>(this Document<TState> document, string sourceId) =>
        document.Taken.Contains(HashOf(sourceId)) || document.Waiting.Exists(waiting => waiting.SourceId == sourceId);

    static string HashOf(string sourceId) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sourceId)), 0, 9);

    /// <summary>The streams in which something came too early, and when to ask the speaker for what is missing.</summary>
    public static IEnumerable<(string Stream, DateTimeOffset Due)> Gaps<TState>(this Document<TState> document)
    {
        if (document.Quarantine is not null)
            yield break;
        foreach (var early in document.Waiting.Where(waiting => waiting.Stream is not null).GroupBy(waiting => waiting.Stream!))
        {
            var since = early.Min(waiting => waiting.Since);
            var asked = document.Asked.GetValueOrDefault(early.Key);
            yield return (early.Key, (asked > since ? asked : since) + GapPatience);
        }
    }
}

/// <summary>What to do with a message at its place.</summary>
public enum Verdict
{
    /// <summary>Take it now.</summary>
    Next,

    /// <summary>Let it wait for what is before it.</summary>
    Early,

    /// <summary>It was taken: drop it.</summary>
    Repeat,
}
