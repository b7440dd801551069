namespace GroupTicketing.Intake.Core;

/// <summary>Something the tool shows.</summary>
/// <param name="Post">Without the bytes of its files, as it is kept.</param>
/// <param name="IsTaken">Whether its delivery came.</param>
public sealed record MissedPost(Post Post, IReadOnlyList<SentFile> Files, Key Key, bool IsTaken)
{
    /// <summary>Under which it is taken now: as its delivery would have been, or once more where that came too early to
    /// mean anything.</summary>
    public string SourceId => IsTaken ? $"again:{Key.Delivery}" : SourceOf(Key.Delivery);

    public static string SourceOf(string delivery) => $"delivery:{delivery}";

    /// <summary>Every source id under which it may have been taken.</summary>
    public static IEnumerable<string> SourcesOf(string delivery) => [SourceOf(delivery), $"again:{delivery}"];
}
