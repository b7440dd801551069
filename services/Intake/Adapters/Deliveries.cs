using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

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
        var (ticket, hearing) = await Heard(school, arrival, key, sourceId, ct);
        await documents.Transact(ticket, hearing, ct);
    }

    /// <summary>The same, and notes in the same write that it came; answers whether it had before.</summary>
    public async Task<Repeat> KeepOnce(School school, Arrival arrival, Key key, string sourceId, CancellationToken ct)
    {
        var note = new Piece(Collection, $"{school.Slug}/{key.Delivery}", arrival.Hash, clock.GetUtcNow() + Kept);
        // Looked at first, so that the files of another body are not put beside this one's.
        if (Compared(await store.GetSide(Collection, note.Key, ct), arrival) is Repeat.OtherBody)
            return Repeat.OtherBody;
        var (ticket, hearing) = await Heard(school, arrival, key, sourceId, ct);
        return Compared(await documents.Transact(ticket, hearing, note, ct), arrival);
    }

    async Task<(string Ticket, Hearing Hearing)> Heard(
        School school,
        Arrival arrival,
        Key key,
        string sourceId,
        CancellationToken ct
    )
    {
        var ticket = TicketIds.OfSchool(school.Slug, key.Ticket).ToString("N");
        foreach (var file in arrival.Files)
            await files.Put(ticket, file.Sha256, file.Pieces(), ct);
        var delivery = new Delivery(school.Slug, arrival.Dialect.Name, arrival.Light.Bare(), key, clock.GetUtcNow());
        return (ticket, new Hearing(null, default, sourceId, delivery));
    }

    static Repeat Compared(byte[]? before, Arrival arrival) =>
        before is null ? Repeat.First : before.AsSpan().SequenceEqual(arrival.Hash) ? Repeat.SameBody : Repeat.OtherBody;
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
