using System.Collections.Concurrent;
using System.Globalization;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Which tickets of ours changed in iTop, and which files are new; where the last look ended is kept in the
/// store.</summary>
public sealed class ItopPoll(ItopClient itop, ItopLinks links, ReadSome reading, PutAside aside, IStore store)
{
    // What is written before this long ago and committed later than that is not seen; iTop's longest save observed is
    // far shorter.
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    // iTop's dates are to the second: a change in the same second as a reading shows only after it.
    static readonly TimeSpan SecondOver = TimeSpan.FromSeconds(2);

    // A form left open longer is thrown away by iTop itself, with its files.
    static readonly TimeSpan LateFiles = TimeSpan.FromDays(1);

    // Where nothing is known of what iTop showed last: it may be behind our clock.
    static readonly TimeSpan AtFirst = TimeSpan.FromDays(1);

    const string Collection = "itop";
    const int MostAtOnce = 50;

    readonly ConcurrentDictionary<string, Sight> seen = new();
    readonly ConcurrentDictionary<string, DateTimeOffset> wanted = new();
    string? since;
    string? newest;
    long? lastAttachment;
    readonly Dictionary<long, DateTimeOffset> filesSeen = [];
    readonly HashSet<string> filesTaken = [];

    /// <summary>Whether what changed since a backup was read.</summary>
    public AfterRestore Restore { get; } = new(store);

    /// <summary>How many are aside, and how far the clocks are apart, is measured from now on.</summary>
    public void Measure()
    {
        aside.Measure();
        itop.Clock.Measure();
    }

    /// <summary>The next look begins where the store says that the last one ended.</summary>
    public void Forget()
    {
        seen.Clear();
        filesSeen.Clear();
        filesTaken.Clear();
        reading.Forget();
        aside.Forget();
        (since, newest, lastAttachment) = (null, null, null);
    }

    /// <summary>Reads the tickets whose last update is new or was not yet read after its second was over, some at a
    /// time: what was taken is not read again, whatever becomes of the rest.</summary>
    /// <param name="take">Takes what some of them brought; answers the ids of those that were not taken, which are put
    /// aside as if iTop could not show them.</param>
    public async Task<Changes> Changed(
        DateTimeOffset now,
        CancellationToken ct,
        Func<Changes, Task<IReadOnlyList<string>>>? take = null
    )
    {
        var all = new Changes([], [], []);
        var due = await aside.Due(ct);
        // What iTop could not show is tried alone, and last: it costs the others nothing.
        string[][] turns = [.. (await ToRead(now, ct)).Chunk(MostAtOnce), .. due.Select(id => new[] { id })];
        foreach (var some in turns)
        {
            var brought = await reading.Read(some, id => aside.Put(id, ct), ct);
            IReadOnlyList<string> untaken = take is null ? [] : await take(brought);
            foreach (var id in brought.Looked.Except(untaken))
                await aside.Back(id, ct);
            foreach (var id in untaken)
                await aside.Put(id, ct);
            if (take is not null)
                Took(brought, now);
            all = new Changes(
                [.. all.Ours, .. brought.Ours],
                [.. all.Found, .. brought.Found],
                [.. all.Looked, .. brought.Looked]
            );
        }
        return all;
    }

    async Task<IReadOnlyList<string>> ToRead(DateTimeOffset now, CancellationToken ct)
    {
        var lately = ItopTime.Local(now - Overlap);
        since ??= await Cursor("since", ct) ?? ItopTime.Local(now - AtFirst);
        // When the clocks are put back an hour comes twice, and what changes in its second coming bears the times of the first.
        if (string.CompareOrdinal(lately, since) < 0)
            since = lately;
        var candidates = await itop.Get(
            "UserRequest",
            $"SELECT UserRequest WHERE last_update >= '{since}'",
            "id,last_update",
            ct
        );
        var toRead = new List<string>();
        foreach (var candidate in candidates)
        {
            var (id, lastUpdate) = (candidate.Text("id") ?? candidate.Key, candidate.Text("last_update") ?? "");
            newest = string.CompareOrdinal(lastUpdate, newest) > 0 ? lastUpdate : newest;
            if (!seen.TryGetValue(id, out var known) || known.LastUpdate != lastUpdate)
                seen[id] = known = new Sight(lastUpdate, now, default);
            if (known.IsToBeRead(now) && !aside.Holds(id) && reading.Reads(id))
                toRead.Add(id);
        }
        return [.. toRead.Union(wanted.Keys.Where(id => !aside.Holds(id)))];
    }

    void Took(Changes changes, DateTimeOffset began)
    {
        foreach (var id in changes.Looked)
        {
            if (seen.TryGetValue(id, out var known))
                seen[id] = known with { Read = began };
            if (wanted.TryGetValue(id, out var since) && since < began)
                wanted.TryRemove(id, out _);
        }
    }

    /// <summary>The answer to a call of ours showed it: there is nothing new to read of it before its second is over.</summary>
    public void Answered(ItopRead read, DateTimeOffset now) => seen[read.Id] = new Sight(read.LastUpdate, now, now, IsOurs: true);

    /// <summary>It is read at the next look, whether or not it has changed.</summary>
    public void LookAt(string id, DateTimeOffset now) => wanted[id] = now;

    /// <summary>Everything up to here was taken: the next look begins a little before the newest date that iTop showed.
    /// Its dates are its own clock's, whatever ours says.</summary>
    public async Task Taken(Changes changes, DateTimeOffset began, CancellationToken ct)
    {
        Took(changes, began);
        if (
            newest is null
            || ItopTime.Local(ItopTime.At(newest) - Overlap) is var next && string.CompareOrdinal(next, since) <= 0
        )
            return;
        since = next;
        newest = null;
        foreach (var (id, _) in seen.Where(pair => string.CompareOrdinal(pair.Value.LastUpdate, since) < 0))
            seen.TryRemove(id, out _);
        await store.PutSide(Collection, "since", System.Text.Encoding.ASCII.GetBytes(since), null, ct);
    }

    /// <summary>
    /// Files that stand on tickets of ours and were not looked at. One put in by iTop's form is there before its form
    /// is saved, on no ticket, and gets its ticket later under the same id; others' ids may
    /// become visible out of order: so those of the last day are looked at again.
    /// </summary>
    public async Task<IReadOnlyList<AttachmentSeen>> NewAttachments(DateTimeOffset now, CancellationToken ct)
    {
        lastAttachment ??= long.Parse(await Cursor("attachment", ct) ?? "0", CultureInfo.InvariantCulture);
        var found = await itop.Get(
            "Attachment",
            $"SELECT Attachment WHERE item_class = 'UserRequest' AND id > {lastAttachment}",
            "id,item_id",
            ct
        );
        var news = new List<AttachmentSeen>();
        foreach (var one in found)
        {
            filesSeen.TryAdd(long.Parse(one.Key, CultureInfo.InvariantCulture), now);
            var itopId = one.Text("item_id") ?? "0";
            if (!filesTaken.Contains(one.Key) && await links.Find(itopId, ct) is { } ticket)
                news.Add(new AttachmentSeen(ticket, itopId, one.Key));
        }
        return news;
    }

    /// <summary>The files found were taken; those first seen a day ago are not looked at any more.</summary>
    public async Task AttachmentsTaken(IReadOnlyList<AttachmentSeen> taken, DateTimeOffset now, CancellationToken ct)
    {
        filesTaken.UnionWith(taken.Select(one => one.AttachmentId));
        var old = filesSeen.Where(file => now - file.Value >= LateFiles).Select(file => file.Key).ToList();
        foreach (var id in old)
        {
            filesSeen.Remove(id);
            filesTaken.Remove(id.ToString(CultureInfo.InvariantCulture));
        }
        if (old.Count == 0 || old.Max() <= lastAttachment)
            return;
        lastAttachment = old.Max();
        await store.PutSide(
            Collection,
            "attachment",
            System.Text.Encoding.ASCII.GetBytes(old.Max().ToString(CultureInfo.InvariantCulture)),
            null,
            ct
        );
    }

    async Task<string?> Cursor(string name, CancellationToken ct) =>
        await store.GetSide(Collection, name, ct) is { } stored ? System.Text.Encoding.ASCII.GetString(stored) : null;

    /// <param name="First">When this last update was first seen.</param>
    /// <param name="Read">When the last reading of it began.</param>
    /// <param name="IsOurs">Whether a call of ours made it, and its answer was the first reading.</param>
    sealed record Sight(string LastUpdate, DateTimeOffset First, DateTimeOffset Read, bool IsOurs = false)
    {
        public bool IsToBeRead(DateTimeOffset now) => Read < First + SecondOver && (!IsOurs || now >= First + SecondOver);
    }
}

/// <summary>After a restore nothing is written into iTop before what changed there since the backup is read: the poll's
/// cursor was put back with the rest, so its first round reads it.</summary>
public sealed class AfterRestore(IStore store)
{
    volatile bool isRead;

    public bool MayWrite(DateTimeOffset now) => isRead || !(now - store.Restored < Lane.Forgotten);

    /// <summary>A whole round was read by this process.</summary>
    public void HasRead() => isRead = true;
}
