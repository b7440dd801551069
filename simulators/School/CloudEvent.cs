using System.Text.Json;

namespace GroupTicketing.Simulators.School;

/// <summary>A CloudEvents 1.0 JSON document, the shape of both directions.</summary>
public sealed record CloudEvent(
    string Specversion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset? Time,
    JsonElement Data,
    string? Sequence = null
);

/// <summary>What a callback says of a ticket.</summary>
/// <param name="Ticket">The school's own ticket number; none of what the group opened.</param>
/// <param name="Audience">support: a private note; requester: what the requester may read.</param>
public sealed record ToldData(
    string? Ticket,
    string? Reference,
    string? Url,
    string? State,
    string? Audience,
    string? Text,
    string? Author,
    string? Reason,
    string? Solution,
    ToldFile? File,
    string? Title = null);

public sealed record ToldFile(string? Name, string? Type, long? Size, string? Sha256, string? Url);
