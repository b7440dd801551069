namespace GroupTicketing.Registry;

/// <summary>How a tool's words become the catalogue's.</summary>
/// <param name="Fields">The custom fields that hold names.</param>
/// <param name="Queues">What a queue stands for, for tickets that name nothing themselves. Default none.</param>
public sealed record Mapping(FieldNames Fields, IReadOnlyList<QueuePlace> Queues)
{
    public static Mapping None { get; } = new(new(), []);
}

/// <summary>The tool's custom fields in which a name is read; null: not asked there.</summary>
public sealed record FieldNames(
    string? Brique = null,
    string? Service = null,
    string? SousService = null,
    string? Category = null,
    string? Reference = null);

/// <summary>A queue and the place in the catalogue it stands for.</summary>
public sealed record QueuePlace(string Queue, string Brique, string? Service, string? SousService);
