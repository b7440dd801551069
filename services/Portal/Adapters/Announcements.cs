using GroupTicketing.Platform;
using GroupTicketing.Portal.Core;

namespace GroupTicketing.Portal.Adapters;

/// <summary>The announcements there are, in the store.</summary>
sealed class Announcements(IStore store)
{
    const string Collection = "announcements";

    /// <summary>Those that last, and those that ended lately; the newest first.</summary>
    public async Task<IReadOnlyList<Announcement>> All(CancellationToken ct) =>
        [
            .. (await store.ListSide(Collection, "", ct))
                .Select(one => Json.Read<Announcement>(one.Body))
                .OrderByDescending(one => one.Since),
        ];

    public async Task<Announcement?> Find(string id, CancellationToken ct) =>
        await store.GetSide(Collection, id, ct) is { } stored ? Json.Read<Announcement>(stored) : null;

    public Task Keep(Announcement announcement, CancellationToken ct) =>
        store.PutSide(Collection, announcement.Id, Json.Write(announcement), announcement.EndedAt + Announcement.Kept, ct);
}
