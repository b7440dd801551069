using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>From a post to a durable write: what it says, whether it was sent before, and into which document it goes.</summary>
sealed class Doorway(Documents<SchoolSide> documents, Deliveries deliveries, PutAside aside, GestureFields gestures)
{
    /// <summary>Writes it durably, once however often it comes.</summary>
    public async Task<(Guid Ticket, Repeat Repeat)> Take(School school, Arrival arrival, CancellationToken ct)
    {
        if (arrival.CutFrom is not null || arrival.Dialect.KeyOf(arrival.Light, school) is not { } key)
        {
            var none = TicketIds.OfSchool(school.Slug, Key.Unread(Convert.ToHexStringLower(arrival.Hash)).Ticket);
            return (none, await aside.Keep(school, arrival.Light, ct, arrival.CutFrom) ? Repeat.First : Repeat.NoRoom);
        }
        var ticket = TicketIds.OfSchool(school.Slug, key.Ticket);
        if (!key.HandsOver)
        {
            if ((await documents.Read(ticket.ToString("N"), ct))?.State.HandedOver != true)
                return (ticket, Repeat.First);
            await gestures.Look(school, arrival.Dialect, [arrival.Light], ct);
        }
        return (ticket, await deliveries.KeepOnce(school, arrival, key, MissedPost.SourceOf(key.Delivery), ct));
    }
}
