using System.Collections.Concurrent;
using System.Globalization;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Which tickets of ours changed in iTop, and which files are new; where the last look ended is kept in the store.</summary>
public sealed class ItopPoll(ItopClient itop, ItopLinks links, ItopKey key, FindRequests requests, IStore store)
{
    // What is written before this long ago and committed later than that is not seen; iTop's longest save observed is far shorter.
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    // iTop's dates are to the second: a change in the same second as a reading shows only after it.
    static readonly TimeSpan SecondOver = TimeSpan.FromSeconds(2);

    const string Collection = "itop";
    const int MostAtOnce = 200;

    readonly ConcurrentDictionary<string, Sight> seen = new();
    string? since;
    long? lastAttachment;
    long highestAttachment;

    /// <summary>Whether what changed since a backup was read.</summary>
    public AfterRestore Restore { get; } = new(store);

    /// <summary>The next look begins where the store says that the last one ended.</summary>
    public void Forget()
    {
        seen.Clear();
        key.Forget();
        (since, lastAttachment) = (null, null);
    }

    /// <summary>Reads the tickets whose last update is new or was not yet read after its second was over.</summary>
    public async Task<Changes> Changed(DateTimeOffset now, CancellationToken ct)
    {
        var lately = ItopTime.Local(now - Overlap);
        since ??= await Cursor("since", ct) ?? lately;
        // When the clocks are put back an hour comes twice, and what changes in its second coming bears the times of the first.
        if (string.CompareOrdinal(lately, since) < 0)
            since = lately;
        var candidates = await itop.Get("UserRequest", $"SELECT UserRequest WHERE last_update >= '{since}'", "id,last_update", ct);
        var toRead = new List<string>();
        foreach (var candidate in candidates)
        {
            var (id, lastUpdate) = (candidate.Text("id") ?? candidate.Key, candidate.Text("last_update") ?? "");
            if (!seen.TryGetValue(id, out var known) || known.LastUpdate != lastUpdate)
                seen[id] = known = new Sight(lastUpdate, now, default);
            if (known.IsToBeRead(now) && (requests.AreWanted || !links.IsStranger(id)))
                toRead.Add(id);
        }
        var ours = await Ours(toRead, ct);
        var found = new List<RequestFound>();
        foreach (var some in toRead.Except(ours).Chunk(MostAtOnce))
            found.AddRange(await requests.Among(some, ct));
        var read = new List<ItopRead>();
        foreach (var some in ours.Chunk(MostAtOnce))
            read.AddRange(await key.With(isKeyed => ReadGroupTicket.Read(itop, some, ct, isKeyed), ct));
        return new Changes(read, found, toRead);
    }

    // Of what is not ours only this is read: which of them bears a key, as one may whose creation was never answered.
    async Task<List<string>> Ours(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var (ours, unknown) = (new List<string>(), new List<string>());
        foreach (var id in ids)
            (await links.Find(id, ct) is null ? unknown : ours).Add(id);
        foreach (var some in unknown.Chunk(MostAtOnce))
        {
            var bearing = await key.Bearing(some, ct);
            foreach (var id in some)
            {
                if (await links.TicketOf(id, bearing.GetValueOrDefault(id), ct) is not null)
                    ours.Add(id);
            }
        }
        return ours;
    }

    /// <summary>The answer to a call of ours showed it: there is nothing new to read of it before its second is over.</summary>
    public void Answered(ItopRead read, DateTimeOffset now) => seen[read.Id] = new Sight(read.LastUpdate, now, now, IsOurs: true);

    /// <summary>Everything up to here was taken: the next look begins a little before.</summary>
    public async Task Taken(Changes changes, DateTimeOffset began, CancellationToken ct)
    {
        foreach (var id in changes.Looked)
        {
            if (seen.TryGetValue(id, out var known))
                seen[id] = known with { Read = began };
        }
        var next = ItopTime.Local(began - Overlap);
        if (changes.Looked.Count == 0 && string.CompareOrdinal(next, since) <= 0)
            return;
        since = next;
        foreach (var (id, _) in seen.Where(pair => string.CompareOrdinal(pair.Value.LastUpdate, since) < 0))
            seen.TryRemove(id, out _);
        await store.PutSide(Collection, "since", System.Text.Encoding.ASCII.GetBytes(since), null, ct);
    }

    /// <summary>Files that stand on tickets of ours and were not looked at.</summary>
    public async Task<IReadOnlyList<AttachmentSeen>> NewAttachments(CancellationToken ct)
    {
        lastAttachment ??= long.Parse(await Cursor("attachment", ct) ?? "0", CultureInfo.InvariantCulture);
        var found = await itop.Get("Attachment", $"SELECT Attachment WHERE item_class = 'UserRequest' AND id > {lastAttachment}", "id,item_id", ct);
        highestAttachment = lastAttachment.Value;
        var news = new List<AttachmentSeen>();
        foreach (var one in found)
        {
            highestAttachment = Math.Max(highestAttachment, long.Parse(one.Key, CultureInfo.InvariantCulture));
            var itopId = one.Text("item_id") ?? "0";
            if (await links.Find(itopId, ct) is { } ticket)
                news.Add(new AttachmentSeen(ticket, itopId, one.Key));
        }
        return news;
    }

    /// <summary>The files found were taken.</summary>
    public async Task AttachmentsTaken(CancellationToken ct)
    {
        if (highestAttachment == lastAttachment)
            return;
        lastAttachment = highestAttachment;
        await store.PutSide(Collection, "attachment", System.Text.Encoding.ASCII.GetBytes(highestAttachment.ToString(CultureInfo.InvariantCulture)), null, ct);
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

/// <summary>What a look brought.</summary>
/// <param name="Ours">Tickets of ours, read.</param>
/// <param name="Found">Requests that somebody opened for a school.</param>
/// <param name="Looked">The ids of all that was looked at.</param>
public sealed record Changes(IReadOnlyList<ItopRead> Ours, IReadOnlyList<RequestFound> Found, IReadOnlyList<string> Looked);
