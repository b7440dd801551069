using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroupTicketing.Contracts;

/// <summary>What a school hands over: one of its tickets, and all that the group works from.</summary>
/// <param name="Ticket">The school's own ticket.</param>
/// <param name="Title">One line, as written.</param>
/// <param name="Description">Plain text.</param>
/// <param name="Placement">Where the school says it belongs.</param>
/// <param name="Urgency">1 (critical) to 4 (low).</param>
/// <param name="Requester">Who asked, or null: minimised unless the school's file opts in to naming.</param>
/// <param name="Summary">What the school's agent adds for the group.</param>
/// <param name="Comments">Public comments made before the handover, oldest first.</param>
/// <param name="Files">Files of the ticket so far.</param>
public sealed record Handover(
    SchoolTicket Ticket,
    string Title,
    string Description,
    Placement Placement,
    int Urgency = 4,
    Requester? Requester = null,
    string? Summary = null,
    IReadOnlyList<EarlierComment>? Comments = null,
    IReadOnlyList<FileClaim>? Files = null)
{
    /// <summary>Members of a later release, passed on as they came; null when there are none.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    static readonly JsonSerializerOptions stored = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    // What 0.2 left unsaid, or waits, may lie apart of its document, where no upcast of that reaches it.
    static readonly string[] flat =
        ["ticket", "title", "description", "placement", "urgency", "requester", "summary", "comments", "files"];

    /// <summary>What 0.2 wrote beside a fact's heading: taken out of the members this release does not know.</summary>
    internal static Handover BesideHeading(Dictionary<string, JsonElement>? unknown)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var name in flat)
        {
            if (unknown?.Remove(name, out var value) is true)
                members[name] = value;
        }
        var read = JsonSerializer.SerializeToElement(members).Deserialize<Handover>(stored)!;
        return read with { Placement = read.Placement ?? new Placement() };
    }
}
