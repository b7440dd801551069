using System.Security.Cryptography;
using System.Text;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Posts whose ticket cannot be read, of tools that send once and hear no refusal: kept as text, for a person
/// to look at. Of one school so many and no more, and of each its beginning.</summary>
public sealed class PutAside(IStore store, Findings findings, TimeProvider clock) : IDisposable
{
    /// <summary>How many of a school are kept.</summary>
    public const int MostOfASchool = 100;

    /// <summary>How many bytes of one are kept: enough to see what it is of.</summary>
    public const int MostBytes = 64 * 1024;

    // What each school has is listed beside, so that one more post reads none of those that are kept.
    const string Collection = "put-aside", Listed = "put-aside-listed";

    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    readonly SemaphoreSlim one = new(1);

    /// <summary>Keeps it durably; the same one once. False where the school's room is full.</summary>
    /// <param name="cutFrom">How many bytes it had, where this is its beginning.</param>
    public async Task<bool> Keep(School school, Post post, CancellationToken ct, int? cutFrom = null)
    {
        var (now, name) = (clock.GetUtcNow(), NameOf(post));
        await findings.Note($"school:{school.Slug}", "put-aside", school.Tool, ct);
        await one.WaitAsync(ct);
        try
        {
            var kept = await store.GetSide(Listed, school.Slug, ct) is { } known ? Json.Read<List<Place>>(known) : [];
            kept.RemoveAll(place => place.Received + Kept <= now);
            if (kept.Exists(place => place.Id == name))
                return true;
            if (kept.Count >= MostOfASchool)
                return false;
            var aside = new PutAsidePost(name, now, Beginning(post.Body), cutFrom ?? post.Body.Length);
            await store.PutSide(Collection, $"{school.Slug}|{name}", Json.Write(aside), now + Kept, ct);
            await store.PutSide(Listed, school.Slug, Json.Write<List<Place>>([.. kept, new(name, now)]), now + Kept, ct);
            return true;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Those of a school, the latest first.</summary>
    public async Task<IReadOnlyList<PutAsidePost>> Of(string school, CancellationToken ct) =>
        [.. (await store.ListSide(Collection, $"{school}|", ct)).Select(one => Json.Read<PutAsidePost>(one.Body))
            .OrderByDescending(one => one.Received)];

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    // Not cut inside a character; what is no UTF-8 is shown as such.
    static string Beginning(byte[] body)
    {
        if (body.Length <= MostBytes)
            return Encoding.UTF8.GetString(body);
        // A character has three bytes after its first at most.
        var length = Enumerable.Range(0, 4).Select(back => MostBytes - back).FirstOrDefault(IsFirst, MostBytes);
        return Encoding.UTF8.GetString(body.AsSpan(0, length));

        bool IsFirst(int place) => (body[place] & 0xC0) != 0x80;
    }

    static string NameOf(Post post) => Convert.ToHexStringLower(SHA256.HashData(post.Body))[..16];

    sealed record Place(string Id, DateTimeOffset Received);
}

/// <summary>A post that was put aside.</summary>
/// <param name="Id">The beginning of its SHA-256.</param>
/// <param name="Body">As text: its first 64 KiB.</param>
/// <param name="Size">Bytes of the whole.</param>
public sealed record PutAsidePost(string Id, DateTimeOffset Received, string Body, int Size);
