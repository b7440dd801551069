using GroupTicketing.Prove.Of;

namespace GroupTicketing.Prove;

/// <summary>All proofs, by name.</summary>
public static class Proofs
{
    /// <summary>In the order of the issue they answer.</summary>
    public static readonly IReadOnlyList<Proof> All =
    [
        new("kills", "kill -9 of every process at random moments, RabbitMQ and MongoDB too where they are", 2_000, 24, (120, 25), Kills.Run),
        new("same-key", "one event posted 1,000 times, 64 at once; two first deliveries racing; two instances where there can be", 1_000, 0, (300, 0), SameKey.Run),
        new("misbehave", "iTop answers pages, half answers, silence and refusals instead of what it should", 2_000, 0, (80, 0), Misbehave.Run),
        new("backlog", "iTop is down, all is taken, all is killed, iTop comes back", 2_000, 0, (150, 0), Backlog.Run),
    ];
}
