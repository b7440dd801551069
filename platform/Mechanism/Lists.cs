using System.Globalization;

namespace GroupTicketing.Platform;

/// <summary>Where a list of documents goes on: after the one written then under that key. A time alone would leave out
/// what bears the same one.</summary>
/// <param name="Stamp">When it was last written, to the millisecond.</param>
public sealed record Cursor(DateTimeOffset Stamp, string Key)
{
    /// <summary>After that document.</summary>
    public static Cursor After(StoredDocument document) => new(document.Stamp, document.Key);

    /// <summary>The cursor of a text made by <see cref="ToString"/>; null where it is none.</summary>
    /// <param name="service">Whose documents are listed.</param>
    public static Cursor? Parse(string text, string service) =>
        text.Split('.') is [var stamp, var ticket]
        && long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
        && ms < Most
            ? new Cursor(DateTimeOffset.FromUnixTimeMilliseconds(ms), DocumentKey.For(service, ticket))
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Stamp.ToUnixTimeMilliseconds()}.{DocumentKey.Ticket(Key)}";

    // The year 9999.
    internal const long Most = 253_402_300_800_000;
}

/// <summary>Which lanes of what is pending.</summary>
/// <param name="Key">Of one document, its reminders too; null: of all. Reminders wait for nobody, and there is one
/// of every live ticket: of all they are left out.</param>
/// <param name="Target">Of one target.</param>
/// <param name="Cause">Of one cause.</param>
/// <param name="Error">Of one text, word for word.</param>
/// <param name="After">Those that come after this place in the list.</param>
public sealed record PendingQuery(
    string? Key = null,
    string? Target = null,
    Cause? Cause = null,
    string? Error = null,
    PendingCursor? After = null
);

/// <summary>Where a list of what is pending goes on.</summary>
/// <param name="Waits">Whether that lane waits for a person: those come first.</param>
public sealed record PendingCursor(bool Waits, DateTimeOffset Since, string Key, string Lane)
{
    const char Between = '~';

    /// <summary>After that lane.</summary>
    public static PendingCursor After(PendingLane pending) => new(pending.Due is null, pending.Since, pending.Key, pending.Lane);

    /// <summary>The cursor of a text made by <see cref="ToString"/>; null where it is none.</summary>
    public static PendingCursor? Parse(string text) =>
        text.Split(Between) is [var waits, var since, var key, var lane]
        && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
        && ms < Cursor.Most
            ? new PendingCursor(waits == "1", DateTimeOffset.FromUnixTimeMilliseconds(ms), key, lane)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Join(Between, Waits ? 1 : 0, Since.ToUnixTimeMilliseconds(), Key, Lane);
}

/// <summary>Short ways to ask for lists.</summary>
public static class Lists
{
    /// <summary>What is pending in one document, or, reminders left out, all of them.</summary>
    public static Task<IReadOnlyList<PendingLane>> AllPending(this IStore store, string? key, int limit, CancellationToken ct) =>
        store.ListPending(new PendingQuery(key), limit, ct);
}
