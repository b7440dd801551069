namespace GroupTicketing.Contracts;

/// <summary>For whom a text is that crosses towards a school.</summary>
public enum Audience
{
    /// <summary>The school's support: a private note in its tool. The default; states, refusals and deadlines are
    /// always this.</summary>
    Support,

    /// <summary>The person who asked: a public answer in the school's tool. Only where the school's file chose it.</summary>
    Requester,
}

/// <summary>Who wrote a text.</summary>
public enum Role
{
    /// <summary>The person who asked (demandeur).</summary>
    Requester,

    /// <summary>An agent of the school's support.</summary>
    Support,

    /// <summary>The group: an intervenant or the C2IP.</summary>
    Group,
}

/// <summary>The author of a text, as far as the school lets its name cross.</summary>
/// <param name="Role">In which role it was written.</param>
/// <param name="Name">The name to show, or null where only the role may cross.</param>
public sealed record Author(Role Role, string? Name = null);

/// <summary>The school's own ticket, as its people know it.</summary>
/// <param name="Id">The tool's ticket id, trimmed (1 to 100 characters); unique in the school.</param>
/// <param name="Number">The number people quote; the id where the tool has no other.</param>
/// <param name="Url">Where the school's agents open it; null where the tool has no address.</param>
/// <param name="Generation">1 at first; one more for each new group ticket opened after a closure.</param>
public sealed record SchoolTicket(string Id, string Number, string? Url = null, int Generation = 1);

/// <summary>Where the school says the request belongs, in its own words. Every part may be missing.</summary>
public sealed record Placement(
    string? Brique = null, string? Service = null, string? SousService = null, string? Category = null, string? Queue = null);

/// <summary>Where the request goes in iTop, by the catalogue's names (never iTop ids).</summary>
/// <param name="RequestType"><c>incident</c> or <c>service_request</c>.</param>
/// <param name="Urgency">1 (critical) to 4 (low), iTop's own scale.</param>
public sealed record GroupRoute(string Brique, string Service, string SousService, string Team, string RequestType, int Urgency);

/// <summary>A comment made before the handover.</summary>
public sealed record EarlierComment(string SourceId, Author Author, DateTimeOffset At, string Text);

/// <summary>The person who asked, as far as the school lets it cross.</summary>
public sealed record Requester(string? Name = null, string? Email = null);
