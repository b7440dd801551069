using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Intake.Adapters;

/// <summary>From a post to a durable write: who sent it, whether it may, whether it was sent before, and into which document it goes.</summary>
sealed class Doorway(SchoolDoors doors, Documents<SchoolSide> documents, IStore store, Files files, TimeProvider clock)
{
    // Long enough for a tool that repeats over a weekend and a holiday.
    static readonly TimeSpan DeliveriesKept = TimeSpan.FromDays(7);

    const string Deliveries = "deliveries";

    public School? School(string slug) => doors.Schools.GetValueOrDefault(slug);

    public static CultureInfo Language(HttpRequest request) =>
        CultureInfo.GetCultureInfo(request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "fr");

    /// <summary>Why the post is not taken, or null: its signature or key first, then its shape.</summary>
    public async Task<IResult?> Refuse(HttpContext context, School school, Post post)
    {
        var dialect = doors.DialectOf(school, post);
        var signed = dialect.Verify(post, doors.Secrets[school.Slug], clock.GetUtcNow());
        if (signed is Signed.Missing && context.Request.Headers.Authorization.Count > 0)
            signed = await Callers.HolderOf(context) == school.Slug ? Signed.Right : Signed.Wrong;
        if (signed is not Signed.Right)
            return Refusals.Signature(signed);
        var (unfolded, flaws) = await Shape(dialect, post, context.RequestAborted);
        return flaws.Count > 0 ? Refusals.Flawed(flaws) : Fits(dialect, unfolded) ? null : Refusals.TooBig();
    }

    /// <summary>Writes it durably, once however often it comes.</summary>
    public async Task<(Guid Ticket, Repeat Repeat)> Take(School school, Post post, CancellationToken ct)
    {
        var dialect = doors.DialectOf(school, post);
        var (light, bytes) = dialect.Lighten(await PostReader.Unfold(post, ct));
        var key = dialect.KeyOf(light, school) ?? Unread(light);
        var ticket = TicketIds.OfSchool(school.Slug, key.Ticket);
        if (!key.HandsOver && (await documents.Read(ticket.ToString("N"), ct))?.State.HandedOver != true)
            return (ticket, Repeat.First);
        var repeat = await Note(school, key, post, ct);
        if (repeat is Repeat.OtherBody)
            return (ticket, repeat);
        foreach (var file in bytes)
            await files.Put(ticket.ToString("N"), file, ct);
        var delivery = new Delivery(school.Slug, dialect.Name, Post.Bare(light.Body), key, clock.GetUtcNow());
        await documents.Transact(ticket.ToString("N"), new Hearing(null, default, $"delivery:{key.Delivery}", delivery), ct);
        return (ticket, repeat);
    }

    async Task<Repeat> Note(School school, Key key, Post post, CancellationToken ct)
    {
        var hash = SHA256.HashData(post.Body);
        var before = await store.PutSideOnce(Deliveries, $"{school.Slug}/{key.Delivery}", hash, clock.GetUtcNow() + DeliveriesKept, ct);
        return before is null ? Repeat.First : before.AsSpan().SequenceEqual(hash) ? Repeat.SameBody : Repeat.OtherBody;
    }

    static async Task<(Post, IReadOnlyList<Flaw>)> Shape(IDialect dialect, Post post, CancellationToken ct)
    {
        var unfolded = await PostReader.Unfold(post, ct);
        return (unfolded, dialect.Check(unfolded));
    }

    static bool Fits(IDialect dialect, Post post)
    {
        var (light, bytes) = dialect.Lighten(post);
        return PostReader.Fits(light, bytes);
    }

    /// <summary>A post whose ticket cannot be read waits in a document of its own, for a person.</summary>
    static Key Unread(Post post)
    {
        var delivery = Convert.ToHexStringLower(SHA256.HashData(post.Body))[..16];
        return new Key($"unread:{delivery}", delivery, HandsOver: true);
    }
}

/// <summary>Whether a delivery came before.</summary>
enum Repeat
{
    First,
    SameBody,
    OtherBody,
}

/// <summary>The schools' doors: their files, their secrets, and the dialects this release speaks.</summary>
sealed record SchoolDoors(IReadOnlyDictionary<string, School> Schools, IReadOnlyDictionary<string, SchoolSecrets> Secrets, IReadOnlyDictionary<string, IDialect> Dialects)
{
    /// <summary>The school's own dialect where the post is in it, else the generic shape, which every school may send.</summary>
    public IDialect DialectOf(School school, Post post) =>
        Dialects.TryGetValue(school.Tool, out var own) && own.Speaks(post.Headers) ? own : Dialects["generic"];
}
