using GroupTicketing.Prove.Of;

namespace GroupTicketing.Prove;

/// <summary>All proofs, by name.</summary>
public static class Proofs
{
    /// <summary>In the order of the issue they answer.</summary>
    public static readonly IReadOnlyList<Proof> All =
    [
        new(
            "kills",
            "kill -9 of every process at random moments, RabbitMQ and MongoDB too where they are",
            2_000,
            24,
            (40, 6),
            Kills.Run
        )
        {
            Always = true,
        },
        new(
            "steps",
            "a crash at every point of a ticket's way; creates that iTop commits after its caller has gone",
            1_000,
            50,
            (30, 1),
            Steps.Run
        ),
        new(
            "same-key",
            "one event posted 1,000 times, 64 at once; two first deliveries racing; two instances where there can be",
            1_000,
            0,
            (200, 0),
            SameKey.Run
        ),
        new(
            "misbehave",
            "iTop answers pages, half answers, silence and refusals instead of what it should",
            2_000,
            0,
            (30, 0),
            Misbehave.Run
        ),
        new("backlog", "iTop is down, all is taken, all is killed, iTop comes back", 2_000, 0, (60, 0), Backlog.Run),
        new(
            "outage",
            "iTop away 20 s, 20 min and 8 h, a school away 21 days: the door feels nothing, and what waited comes soon",
            300,
            0,
            (20, 0),
            Outage.Run
        ),
        new("pause", "a process stands still, a wire swallows all, a clock is ten minutes wrong", 200, 0, (20, 0), Pause.Run),
        new(
            "engines",
            "the broker, the store, its disk or its word that it is on disk go away and come back",
            200,
            0,
            null,
            EnginesAway.Run
        ),
        new(
            "brokerloss",
            "the broker loses what it confirmed: emptied, or one queue deleted, under load and with a listener away",
            800,
            20,
            (24, 2),
            BrokerLoss.Run
        )
        {
            Only = Mode.Distributed,
        },
        new("ready", "restarts under load: no 2xx that is not stored, no valid address unknown", 500, 50, (40, 4), Ready.Run),
        new(
            "memory-door",
            "in a memory cgroup of 320 MiB: files of 25 MiB, four at once, and forty posts that trickle: taken or 503, "
            + "every small post taken",
            400,
            40,
            null,
            MemoryDoor.Run
        )
        {
            Only = Mode.Embedded,
        },
        new(
            "fuzz",
            "hostile and clumsy senders at every door: no answer 5xx but the documented 503, none after 3 s; --tickets "
            + "says how many requests",
            200_000,
            0,
            (3_000, 0),
            Fuzz.Run
        )
        {
            Only = Mode.Embedded,
            Always = true,
        },
        new(
            "poison",
            "tickets that cannot be decided on stop alone, are seen, and are released in order",
            400,
            0,
            (40, 0),
            Poison.Run
        )
        {
            Always = true,
        },
        new("schools", "fifty schools, one dead, one slow: the others feel nothing", 4_000, 0, (60, 0), Schools.Run),
        new("soak", "an even load for half an hour: what is held has no trend", 9_000, 0, null, Soak.Run),
        new(
            "reconcile",
            "a school's tool loses every fifth webhook, iTop every fifth poll; then live traffic without loss, of which "
            + "nothing is repaired",
            2_000,
            0,
            (60, 0),
            Reconcile.Run
        ),
        new(
            "entries",
            "iTop loses entries of parallel saves; each of ours stands once after the second reading",
            20,
            0,
            (2, 0),
            Entries.Run
        ),
        new("restore", "an old backup is put back under living tools", 400, 0, (40, 0), Restore.Run) { Always = true },
        new(
            "held",
            "iTop holds creations while it answers reads until each has a second one, then does them all; without the "
            + "module, with it, and with its index",
            12,
            4,
            (2, 1),
            HeldCreates.Run
        ),
        new(
            "poisoned-batch",
            "iTop fails whenever one of three requests is read: the others are told as ever, the three are named, and "
            + "told once it can show them",
            200,
            4,
            (12, 1),
            PoisonedBatch.Run
        )
        {
            Always = true,
        },
        new(
            "reused-id",
            "ids of iTop given to another school's requests, requests moved, a waiting ticket's key in a title: nothing crosses",
            40,
            0,
            (6, 0),
            ReusedId.Run
        )
        {
            Always = true,
        },
        new("outage3", "three schools under one parent in iTop: no text of one reaches another", 20, 0, (1, 0), Outage3.Run),
    ];
}
