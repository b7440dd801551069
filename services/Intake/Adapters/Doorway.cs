using System.Security.Cryptography;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Intake.Adapters;

/// <summary>From a post to a durable write: what it says, whether it was sent before, and into which document it goes.</summary>
sealed class Doorway(SchoolDoors doors, Documents<SchoolSide> documents, Keeping keeping, Unclear unclear, TimeProvider clock)
{
    // Long enough for a tool that repeats over a weekend and a holiday.
    static readonly TimeSpan DeliveriesKept = TimeSpan.FromDays(7);

    const string Deliveries = "deliveries";

    public School? School(string slug) => doors.Schools.GetValueOrDefault(slug);

    /// <summary>The post ready to be taken, or what is wrong with its shape or size.</summary>
    public async Task<(IResult? Refused, Arrival? Arrival)> Unpack(IDialect dialect, RawPost post, CancellationToken ct)
    {
        try
        {
            var said = await Multipart.Unfold(post, ct);
            var unpacked = dialect.Unpack(said);
            var (light, files, flaws) = unpacked;
            // As it came, or as it is kept: neither blanks nor how characters are written make it too big.
            var sent = said.Body.Length - files.Sum(file => file.InEvent);
            if (unpacked.IsTooBig || (sent > RawPost.MostBytes && light.Body.Length > RawPost.MostBytes))
                return (Refusals.TooBig(""), null);
            if (files.FirstOrDefault(file => file.Size > IFiles.MostBytes) is { } big)
                return (Refusals.TooBig(big.Field), null);
            return flaws.Count > 0
                ? (Refusals.Flawed(flaws), null)
                : (null, new Arrival(dialect, light, files, SHA256.HashData(post.Body.Span)));
        }
        catch (InvalidDataException)
        {
            return (Refusals.Flawed([new Flaw("", Core.Words.Multipart)]), null);
        }
    }

    /// <summary>Writes it durably, once however often it comes.</summary>
    public async Task<(Guid Ticket, Repeat Repeat)> Take(School school, Arrival arrival, CancellationToken ct)
    {
        var (dialect, light, _, hash) = arrival;
        if (dialect.KeyOf(light, school) is not { } key)
        {
            var none = TicketIds.OfSchool(school.Slug, Key.Unread(Convert.ToHexStringLower(hash)).Ticket);
            return (none, await unclear.Aside.Keep(school, light, ct) ? Repeat.First : Repeat.NoRoom);
        }
        var ticket = TicketIds.OfSchool(school.Slug, key.Ticket);
        if (!key.HandsOver)
        {
            if ((await documents.Read(ticket.ToString("N"), ct))?.State.HandedOver != true)
                return (ticket, Repeat.First);
            await unclear.Gestures.Look(school, dialect, [light], ct);
        }
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
            await keeping.Files.Put(ticket, file.Sha256, file.Pieces(), ct);
        var delivery = new Delivery(school.Slug, arrival.Dialect.Name, arrival.Light.Bare(), key, clock.GetUtcNow());
        await documents.Transact(ticket, new Hearing(null, default, sourceId, delivery), ct);
    }

    async Task<Repeat> Note(School school, Key key, byte[] hash, CancellationToken ct)
    {
        var before = await keeping.Store.PutSideOnce(
            Deliveries,
            $"{school.Slug}/{key.Delivery}",
            hash,
            clock.GetUtcNow() + DeliveriesKept,
            ct
        );
        return before is null ? Repeat.First : before.AsSpan().SequenceEqual(hash) ? Repeat.SameBody : Repeat.OtherBody;
    }
}

/// <summary>Where what came is kept.</summary>
sealed record Keeping(IStore Store, IFiles Files);

/// <summary>What becomes of what is not clear: a post that cannot be read, a gesture that says nothing.</summary>
sealed record Unclear(PutAside Aside, GestureFields Gestures);
