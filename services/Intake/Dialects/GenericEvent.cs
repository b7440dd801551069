using System.Text.Json;
using System.Text.Json.Serialization;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What a school sends in the generic shape (<c>contracts/schema/school-event.schema.json</c>).</summary>
public sealed record GenericEvent(
    string Specversion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    GenericData Data
)
{
    /// <summary>A member in another case is another member, for whoever reads it.</summary>
    public static readonly JsonSerializerOptions Exact = new(Json.Options) { PropertyNameCaseInsensitive = false };

    /// <summary>Null where it is not one.</summary>
    public static GenericEvent? From(Post post)
    {
        try
        {
            return post.Parsed(body =>
                JsonSerializer.Deserialize<GenericEvent>(body, Exact)
                    is { Subject: not null, Id: not null, Type: not null, Data: not null } said
                    ? said
                    : throw new JsonException("not an event")
            );
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The members each type may have; see the schema for which are required where.</summary>
public sealed record GenericData(
    string? Id = null,
    string? Number = null,
    string? Title = null,
    string? Description = null,
    string? Url = null,
    string? Brique = null,
    string? Service = null,
    string? SousService = null,
    string? Category = null,
    string? Queue = null,
    string? Urgency = null,
    Requester? Requester = null,
    string? Summary = null,
    IReadOnlyList<GenericComment>? Comments = null,
    IReadOnlyList<GenericFile>? Files = null,
    [property: JsonConverter(typeof(GenericByWord))] GenericBy By = GenericBy.Support,
    string? Author = null,
    string? Text = null,
    string? Reason = null,
    string? Reference = null,
    [property: JsonConverter(typeof(GenericVisibilityWord))] GenericVisibility Visibility = GenericVisibility.Public,
    string? Name = null,
    string? MediaType = null,
    string? Sha256 = null,
    long Size = 0)
{
    /// <summary>The file of a <c>ticket.attached</c>.</summary>
    public GenericFile AsFile() => new(Id, Name ?? "", MediaType, Sha256, Size, Visibility);
}

/// <summary>A comment made before the handover.</summary>
public sealed record GenericComment(
    string Id,
    string? Author,
    DateTimeOffset At,
    string Text,
    [property: JsonConverter(typeof(GenericByWord))] GenericBy By = GenericBy.Support,
    [property: JsonConverter(typeof(GenericVisibilityWord))] GenericVisibility Visibility = GenericVisibility.Public);

/// <summary>A file; its base64 <c>content</c> was replaced by its hash and size on arrival.</summary>
public sealed record GenericFile(
    string? Id,
    string Name,
    string? Type,
    string? Sha256,
    long Size,
    [property: JsonConverter(typeof(GenericVisibilityWord))] GenericVisibility Visibility = GenericVisibility.Public,
    [property: JsonConverter(typeof(GenericByWord))] GenericBy By = GenericBy.Support);
