using System.Security.Cryptography;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Intake.Adapters;

/// <summary>From a post to a durable write: who sent it, whether it may, whether it was sent before, and into which document it goes.</summary>
sealed class Doorway(SchoolDoors doors, Documents<SchoolSide> documents, IStore store, IFiles files, TimeProvider clock)
{
    // Long enough for a tool that repeats over a weekend and a holiday.
    static readonly TimeSpan DeliveriesKept = TimeSpan.FromDays(7);

    const string Deliveries = "deliveries";

    public School? School(string slug) => doors.Schools.GetValueOrDefault(slug);

    /// <summary>What is wrong with the post's signature or key, or null.</summary>
    public async Task<IResult?> Authenticate(HttpContext context, School school, Post post)
    {
        var signed = doors.DialectOf(school, post).Verify(post, doors.Secrets[school.Slug], clock.GetUtcNow());
        if (signed is Signed.Missing && context.Request.Headers.Authorization.Count > 0)
            signed = await Callers.HolderOf(context) == school.Slug ? Signed.Right : Signed.Wrong;
        return signed is Signed.Right ? null : Refusals.Signature(signed);
    }

    /// <summary>The post ready to be taken, or what is wrong with its shape or size.</summary>
    public async Task<(IResult? Refused, Arrival? Arrival)> Unpack(School school, Post post, CancellationToken ct)
    {
        var dialect = doors.DialectOf(school, post);
        if (await PostReader.Unfold(post, ct) is not { } unfolded)
            return (Refusals.Flawed([new Flaw("", Core.Words.Multipart)]), null);
        if (dialect.Check(unfolded) is { Count: > 0 } flaws)
            return (Refusals.Flawed(flaws), null);
        var (light, sent) = dialect.Lighten(unfolded);
        if (light.Body.Length > PostReader.MostBytes)
            return (Refusals.TooBig(""), null);
        return sent.FirstOrDefault(file => file.Bytes.LongLength > IFiles.MostBytes) is { } big
            ? (Refusals.TooBig(big.Field), null)
            : (null, new Arrival(dialect, light, sent, SHA256.HashData(post.Body)));
    }

    /// <summary>Writes it durably, once however often it comes.</summary>
    public async Task<(Guid Ticket, Repeat Repeat)> Take(School school, Arrival arrival, CancellationToken ct)
    {
        var (dialect, light, _, hash) = arrival;
        var key = dialect.KeyOf(light, school) ?? Unread(light);
        var ticket = TicketIds.OfSchool(school.Slug, key.Ticket);
        if (!key.HandsOver && (await documents.Read(ticket.ToString("N"), ct))?.State.HandedOver != true)
            return (ticket, Repeat.First);
        var repeat = await Note(school, key, hash, ct);
        if (repeat is Repeat.OtherBody)
            return (ticket, repeat);
        await Keep(school, arrival, key, MissedPost.SourceOf(key.Delivery), ct);
        return (ticket, repeat);
    }

    /// <summary>Writes it durably into its ticket's document, which drops what it took under that source id.</summary>
    public async Task Keep(School school, Arrival arrival, Key key, string sourceId, CancellationToken ct)
    {
        var ticket = TicketIds.OfSchool(school.Slug, key.Ticket).ToString("N");
        foreach (var file in arrival.Files)
            await files.Put(ticket, file.Bytes, ct);
        var delivery = new Delivery(school.Slug, arrival.Dialect.Name, Post.Bare(arrival.Light.Body), key, clock.GetUtcNow());
        await documents.Transact(ticket, new Hearing(null, default, sourceId, delivery), ct);
    }

    async Task<Repeat> Note(School school, Key key, byte[] hash, CancellationToken ct)
    {
        var before = await store.PutSideOnce(Deliveries, $"{school.Slug}/{key.Delivery}", hash, clock.GetUtcNow() + DeliveriesKept, ct);
        return before is null ? Repeat.First : before.AsSpan().SequenceEqual(hash) ? Repeat.SameBody : Repeat.OtherBody;
    }

    /// <summary>A post whose ticket cannot be read waits in a document of its own, for a person.</summary>
    static Key Unread(Post post) => Key.Unread(Convert.ToHexStringLower(SHA256.HashData(post.Body))[..16]);
}
