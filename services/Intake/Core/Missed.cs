using GroupTicketing.Contracts;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Core;

/// <summary>
/// What a school's tool shows of a ticket and its webhooks did not bring: every word, and of the states only the last,
/// since what a ticket was meanwhile is nobody's any more. Before
/// the handover nothing is missed; of a handover that is missed, all after it is, even what came and was of no ticket then.
/// </summary>
public static class Missed
{
    /// <param name="posts">What the tool would have posted since the ticket began, oldest first.</param>
    /// <param name="isTaken">Whether something was taken under that source id.</param>
    public static IReadOnlyList<MissedPost> Find(
        IReadOnlyList<Unpacked> posts,
        Func<string, bool> isTaken,
        School school,
        IDialect dialect,
        SchoolSide known
    )
    {
        // Of one that ended long ago nothing is known but when: it is as if it had begun then.
        var wasHandedOver = !known.IsTombstone && (known.HandedOver || known.Ended is not null);
        var live = known with { HandedOver = true };
        var shown = posts
            .Select(one => (one.Light, one.Files, Key: dialect.KeyOf(one.Light, school)))
            .Where(one => one.Key is not null)
            .Select(one => new MissedPost(one.Light, one.Files, one.Key!, isTaken(MissedPost.SourceOf(one.Key!.Delivery))))
            .ToList();
        var first = shown.FindIndex(one => wasHandedOver ? one.IsTaken : one.Key.HandsOver && Begins(one.Post));
        var after = first < 0 ? [] : shown[first..];
        var last = after.FindLast(one => dialect.Moves(one.Post) && Says(one.Post, live));
        return [.. after.Where(IsMissed).Where(one => !isTaken(one.SourceId))];

        bool IsMissed(MissedPost one) => wasHandedOver || one != after[0]
            ? !(wasHandedOver && one.IsTaken) && Says(one.Post, live) && (one == last || !dialect.Moves(one.Post))
            : true;

        bool Begins(Post post) =>
            dialect
                .Read(post, school, known with { HandedOver = false })
                .Says.Any(fact => !known.IsTombstone || ((Fact)fact).Heading.OccurredAt > known.Ended);

        bool Says(Post post, SchoolSide state) => dialect.Read(post, school, state).Effects.Count > 0;
    }
}

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
