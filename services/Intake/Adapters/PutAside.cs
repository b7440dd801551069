using System.Security.Cryptography;
using System.Text;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Posts whose ticket cannot be read, of tools that send once and hear no refusal: kept as text, for a person
/// to look at. Of one school so many and no more, and of each its beginning.</summary>
public sealed class PutAside(IStore store, Findings findings, TimeProvider clock) : IDisposable
{
    /// <summary>How many of a school are kept.</summary>
    public const int MostOfASchool = 100;

    /// <summary>How many bytes of one are kept: enough to see what it is of.</summary>
    public const int MostBytes = 64 * 1024;

    // What each school has is noted beside, a line each, so that one more post reads none of those that are kept, and no
    // process takes out of the count what another has just put in. Each process keeps one at a time: of several that see
    // the last place free each fills it, so a school has as many over its limit as there are other processes, and no more.
    const string Collection = "put-aside", Noted = "put-aside-noted";

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
            var key = $"{school.Slug}|{name}";
            var kept = (await store.ListSide(Noted, $"{school.Slug}|", ct))
                .Where(place => Json.Read<Place>(place.Body).Received + Kept > now)
                .Select(place => place.Key)
                .ToList();
            if (kept.Contains(key))
                return true;
            if (kept.Count >= MostOfASchool)
                return false;
            var aside = new PutAsidePost(name, now, Beginning(post.Body), cutFrom ?? post.Body.Length);
            await store.PutSide(Collection, key, Json.Write(aside), now + Kept, ct);
            await store.PutSide(Noted, key, Json.Write(new Place(now)), now + Kept, ct);
            return true;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Those of a school, the latest first.</summary>
    public async Task<IReadOnlyList<PutAsidePost>> ForSchool(string school, CancellationToken ct) =>
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

    sealed record Place(DateTimeOffset Received);
}

/// <summary>A post that was put aside.</summary>
/// <param name="Id">The beginning of its SHA-256.</param>
/// <param name="Body">As text: its first 64 KiB.</param>
/// <param name="Size">Bytes of the whole.</param>
public sealed record PutAsidePost(string Id, DateTimeOffset Received, string Body, int Size);
