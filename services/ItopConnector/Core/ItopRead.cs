using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>A UserRequest as read, in iTop's own words. The private log is never asked for.</summary>
/// <param name="Moved">When iTop says the steps of its life were taken: the same at every reading of one step. Null in
/// readings of a release before.</param>
public sealed record ItopRead(
    string Id,
    string Reference,
    string Title,
    string Status,
    string LastUpdate,
    string? Service,
    string? SousService,
    string? Team,
    string? Agent,
    string? PendingReason,
    string? Solution,
    IReadOnlyList<LogRead> Log,
    string? Moved = null)
{
    /// <summary>iTop's id of the file that holds the description whole, where we had to cut it; only at the opening.</summary>
    [JsonIgnore]
    public string? Whole { get; init; }

    /// <summary>What our module's attribute holds; null where it is empty, or there is no such attribute.</summary>
    public string? Key { get; init; }

    /// <summary>iTop's id of its organisation; null where it was not asked for.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>Its organisation's name.</summary>
    public string? Organisation { get; init; }

    /// <summary>iTop's id of its parent; null where it has none.</summary>
    public string? Parent { get; init; }

    /// <summary>When it was begun, in iTop's own letters.</summary>
    public string? Started { get; init; }

    /// <summary>Where our key is looked for: the attribute if it holds something, else the title. A title is a
    /// person's: where the attribute says whose it is, it says nothing.</summary>
    [JsonIgnore]
    public string Bears => IsKeyUnasked ? "" : Key is null ? Title : $"[{Key}]";

    /// <summary>Only where our key is looked for in every place does what a title bears say anything.</summary>
    [JsonIgnore]
    public bool IsKeyUnasked { get; init; }

    public Seen ToSeen() =>
        new(Status, Service, SousService, Team, Solution, LastUpdate, [.. Fingerprints()]) { Form = Seen.Undated };

    /// <summary>One per entry, in order, by who wrote what; equal entries are told apart by their count. A date is
    /// displayed in a zone that people correct: it is no part of it.</summary>
    public IEnumerable<string> Fingerprints() => Fingerprints(entry => $"{entry.Account ?? entry.Author}\n{entry.Text}");

    /// <summary>As 0.2.0 made them.</summary>
    public IEnumerable<string> DatedFingerprints() => Fingerprints(entry => $"{entry.Date}\n{entry.Author}\n{entry.Text}");

    IEnumerable<string> Fingerprints(Func<LogRead, string> identity)
    {
        var count = new Dictionary<string, int>();
        foreach (var entry in Log)
        {
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(identity(entry))), 0, 9);
            count[hash] = count.GetValueOrDefault(hash) + 1;
            yield return count[hash] == 1 ? hash : $"{hash}-{count[hash]}";
        }
    }
}

/// <summary>A ticket was read.</summary>
/// <param name="Began">When the reading began: one that began before our last write may not show it.</param>
public sealed record TicketRead(Guid TicketId, ItopRead Read, DateTimeOffset Began);

/// <summary>The group ticket is no longer in iTop.</summary>
public sealed record GroupTicketGone(Guid TicketId, string ItopId);

/// <summary>A file stands on the ticket in iTop.</summary>
public sealed record AttachmentSeen(Guid TicketId, string ItopId, string AttachmentId);
