using GroupTicketing.Intake.Core;

namespace GroupTicketing.Intake.Adapters;

/// <summary>A post that is in order, unpacked once.</summary>
/// <param name="Light">Without the bytes of its files.</param>
/// <param name="Hash">SHA-256 of the body as it was sent.</param>
sealed record Arrival(IDialect Dialect, Post Light, IReadOnlyList<SentFile> Files, byte[] Hash);

/// <summary>Whether a delivery came before.</summary>
enum Repeat
{
    First,
    SameBody,
    OtherBody,

    /// <summary>It cannot be read, and too many such are kept already.</summary>
    NoRoom,
}
