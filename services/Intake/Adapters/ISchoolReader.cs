using GroupTicketing.Intake.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Reads one kind of tool, to find what its webhooks lost: which tickets changed, and all that happened to one
/// as its webhooks would have said it.</summary>
public interface ISchoolReader
{
    /// <summary>The dialect its posts are in.</summary>
    string Dialect { get; }

    /// <summary>The tool's ids of tickets handed over to which something happened since then; more than these do no
    /// harm.</summary>
    Task<ChangedTickets> Changed(School school, string key, DateTimeOffset since, CancellationToken ct);

    /// <summary>What happened to a ticket, oldest first; empty where there is none.</summary>
    Task<IReadOnlyList<RawPost>> Read(School school, string key, string ticket, CancellationToken ct);
}

/// <summary>What a tool lists.</summary>
/// <param name="Tickets">The tool's ids.</param>
/// <param name="Unread">Where the list holds something that is none: JSON pointers.</param>
public sealed record ChangedTickets(IReadOnlyList<string> Tickets, IReadOnlyList<string> Unread);
