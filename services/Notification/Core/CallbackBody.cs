using GroupTicketing.Contracts;

namespace GroupTicketing.Notification.Core;

/// <summary>What a school's tool receives: a CloudEvents 1.0 JSON document
/// (<c>contracts/schema/callback.schema.json</c>).</summary>
/// <param name="Subject">The school's ticket id; where it has none yet, the group ticket's reference.</param>
/// <param name="Sequence">CloudEvents' sequence extension: of two callbacks of one ticket the greater one, compared as
/// text, was decided later.</param>
public sealed record CallbackBody(
    string Specversion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    string Datacontenttype,
    string Sequence,
    CallbackData Data
)
{
    /// <summary>The body of something to be told; the same at every attempt.</summary>
    public static CallbackBody From(Telling telling, string callId, Func<FileClaim, string> addressOf) => new(
        "1.0",
        telling.IdFor(callId),
        "/groupticketing",
        $"group.{telling.Kind}",
        telling.Update?.Ticket.Id ?? telling.Opened!.Reference,
        telling.Wanted.Heading.OccurredAt,
        "application/json",
        string.Join('-', callId.Split('-').Select(part => part.PadLeft(10, '0'))),
        telling.Update is { } update ? News(update, addressOf) : Opened(telling.Opened!));

    static CallbackData Opened(SchoolTicketWanted wanted) =>
        new(null, wanted.Reference, wanted.Url, "open", Audience.Support, wanted.Description, Title: wanted.Title);

    static CallbackData News(SchoolUpdateWanted wanted, Func<FileClaim, string> addressOf) => new(
        wanted.Ticket.Id,
        wanted.Reference,
        wanted.Url,
        wanted.State,
        wanted.Audience,
        wanted.Text,
        wanted.Author?.Name,
        wanted.Reason,
        wanted.Solution,
        wanted.File is { } file ? new CallbackFile(file.Name, file.Type, file.Size, file.Sha256, addressOf(file)) : null);
}

/// <summary>What is told.</summary>
/// <param name="Ticket">The school's ticket id; null where it has none yet.</param>
/// <param name="Reference">iTop's, once known.</param>
/// <param name="Url">Where intervenants open it.</param>
/// <param name="State">held, refused, open, assigned, pending, resolved, closed, returned.</param>
/// <param name="Audience">support or requester: for whom the text is.</param>
/// <param name="Title">Of a group ticket that the school is to have a ticket of its own for.</param>
public sealed record CallbackData(
    string? Ticket,
    string? Reference,
    string? Url,
    string State,
    Audience Audience,
    string? Text = null,
    string? Author = null,
    string? Reason = null,
    string? Solution = null,
    CallbackFile? File = null,
    string? Title = null);

/// <summary>A file to be fetched, with a key of the school.</summary>
public sealed record CallbackFile(string Name, string Type, long Size, string Sha256, string Url);
