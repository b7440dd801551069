namespace GroupTicketing.Console.Core;

/// <summary>Something that happened.</summary>
/// <param name="What">The fact's name.</param>
/// <param name="Speaker">The service that said it.</param>
/// <param name="Occurred">When, as the tool said it.</param>
/// <param name="Heard">When it reached the Console.</param>
public sealed record TimelineStep(string What, string Speaker, DateTimeOffset Occurred, DateTimeOffset Heard, string? Detail);
