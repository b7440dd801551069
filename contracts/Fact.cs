using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroupTicketing.Contracts;

/// <summary>
/// What one service says to the others: something that happened to one ticket, in the past tense. A fact is immutable;
/// only the mechanism gives it its place
/// in its stream (<see cref="Contracts.Heading.Epoch"/>, <see cref="Contracts.Heading.Number"/>) when it is saved in the outbox.
/// </summary>
/// <param name="Heading">Which ticket, which school, when, and the fact's place in its stream.</param>
public abstract record Fact(Heading Heading)
{
    /// <summary>Members of a later release, passed on as they came; null when there are none.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>The same fact at its place in its stream.</summary>
    public Fact At(long epoch, long number, long began, string? before) =>
        this with { Heading = Heading with { Epoch = epoch, Number = number, Began = began, Before = before } };
}

/// <summary>What every fact carries.</summary>
/// <param name="TicketId">The link's identity, see <see cref="TicketIds"/>.</param>
/// <param name="School">The school's slug, e.g. <c>lyon</c>.</param>
/// <param name="OccurredAt">When it happened, as the tool said it.</param>
/// <param name="SourceId">The tool's own id of that comment, file or transition (at most 200 characters); listeners
/// drop what they took under the same id. Null where the tool has none.</param>
/// <param name="Epoch">Raised by a restore from backup; orders before <paramref name="Number"/>. 0 until said.</param>
/// <param name="Number">1, 2, 3… per stream and ticket, without gaps. 0 until said.</param>
/// <param name="Began">The first number of the epoch in that stream: it is taken first, however they arrive. 0 until
/// said, and from a release before 0.3.</param>
/// <param name="Before">Where earlier epochs began in that stream, as <c>epoch:number</c>, oldest first, the last
/// eight: what a listener missed of them it asks for before it takes this. Null where there were none.</param>
public sealed record Heading(
    Guid TicketId,
    string School,
    DateTimeOffset OccurredAt,
    string? SourceId = null,
    long Epoch = 0,
    long Number = 0,
    long Began = 0,
    string? Before = null);
