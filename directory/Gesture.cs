namespace GroupTicketing.Directory;

/// <summary>The act in a school's tool that hands a ticket over. One of: a field with its value, a queue, a category.</summary>
/// <param name="Field">A custom field's name.</param>
/// <param name="Value">The value that hands over; goes with the field.</param>
public sealed record Gesture(string? Field = null, string? Value = null, string? Queue = null, string? Category = null);
