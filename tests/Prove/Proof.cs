namespace GroupTicketing.Prove;

/// <summary>A promise tried: load, a fault, and what the ledgers say afterwards.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Says">What it does, in a line.</param>
/// <param name="Tickets">How many tickets it takes unless told.</param>
/// <param name="Kills">How many faults of its kind it makes unless told; 0: it does not count them.</param>
/// <param name="Small">The same for the suite: tickets and faults; null: it cannot be small.</param>
/// <param name="Run">Runs it.</param>
public sealed record Proof(
    string Name,
    string Says,
    int Tickets,
    int Kills,
    (int Tickets, int Kills)? Small,
    Func<ProofRun, Task<Verdict>> Run
)
{
    /// <summary>Where it can run; null: in both modes.</summary>
    public Mode? Only { get; init; }

    /// <summary>Whether its small form runs each time the suites do, and not only in their full form.</summary>
    public bool Always { get; init; }

    /// <summary>Whether it can run laid out like that.</summary>
    public bool RunsIn(Mode mode) => Only is null || Only == mode;
}

/// <summary>How the product is laid out.</summary>
public enum Mode
{
    /// <summary>One process on the embedded engines.</summary>
    Embedded,

    /// <summary>Each service a process of its own, on RabbitMQ and MongoDB.</summary>
    Distributed,
}
