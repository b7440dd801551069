using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Adapters;

/// <summary>What came is written durably, once however often it comes.</summary>
sealed class Deliveries(Documents<SchoolSide> documents, IStore store, IFiles files, TimeProvider clock)
{
    // Long enough for a tool that repeats over a weekend and a holiday.
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    const string Collection = "deliveries";

    /// <summary>Writes it durably into its ticket's document, which drops what it took under that source id.</summary>
    public async Task Keep(School school, Arrival arrival, Key key, string sourceId, CancellationToken ct)
    {
        var ticket = TicketIds.OfSchool(school.Slug, key.Ticket).ToString("N");
        foreach (var file in arrival.Files)
            await files.Put(ticket, file.Sha256, file.Pieces(), ct);
        var delivery = new Delivery(school.Slug, arrival.Dialect.Name, arrival.Light.Bare(), key, clock.GetUtcNow());
        await documents.Transact(ticket, new Hearing(null, default, sourceId, delivery), ct);
    }

    /// <summary>Notes that it came; answers whether it had before.</summary>
    public async Task<Repeat> Note(School school, Arrival arrival, Key key, CancellationToken ct)
    {
        var name = $"{school.Slug}/{key.Delivery}";
        var before = await store.PutSideOnce(Collection, name, arrival.Hash, clock.GetUtcNow() + Kept, ct);
        return before is null ? Repeat.First : before.AsSpan().SequenceEqual(arrival.Hash) ? Repeat.SameBody : Repeat.OtherBody;
    }
}

/// <summary>Whether a delivery came before.</summary>
enum Repeat
{
    First,
    SameBody,
    OtherBody,

    /// <summary>It cannot be read, and too many such are kept already.</summary>
    NoRoom,
}
