using System.Security.Cryptography;
using System.Text;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Posts whose ticket cannot be read, of tools that send once and hear no refusal: kept as text, for a person
/// to look at. Of one school so many and no more.</summary>
public sealed class PutAside(IStore store, Findings findings, TimeProvider clock)
{
    /// <summary>How many of a school are kept.</summary>
    public const int MostOfASchool = 100;

    const string Collection = "put-aside";

    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Keeps it durably; the same one once. False where the school's room is full.</summary>
    public async Task<bool> Keep(School school, Post post, CancellationToken ct)
    {
        var (now, name) = (clock.GetUtcNow(), NameOf(post));
        await findings.Note($"school:{school.Slug}", "put-aside", school.Tool, ct);
        var kept = await store.ListSide(Collection, $"{school.Slug}|", ct);
        if (kept.Any(one => one.Key == $"{school.Slug}|{name}"))
            return true;
        if (kept.Count >= MostOfASchool)
            return false;
        // What is no UTF-8 is shown as such.
        var aside = new PutAsidePost(name, now, Encoding.UTF8.GetString(post.Body));
        await store.PutSide(Collection, $"{school.Slug}|{name}", Json.Write(aside), now + Kept, ct);
        return true;
    }

    /// <summary>Those of a school, the latest first.</summary>
    public async Task<IReadOnlyList<PutAsidePost>> Of(string school, CancellationToken ct) =>
        [.. (await store.ListSide(Collection, $"{school}|", ct)).Select(one => Json.Read<PutAsidePost>(one.Body))
            .OrderByDescending(one => one.Received)];

    static string NameOf(Post post) => Convert.ToHexStringLower(SHA256.HashData(post.Body))[..16];
}

/// <summary>A post that was put aside.</summary>
/// <param name="Id">The beginning of its SHA-256.</param>
/// <param name="Body">As text.</param>
public sealed record PutAsidePost(string Id, DateTimeOffset Received, string Body);
