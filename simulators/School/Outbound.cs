namespace GroupTicketing.Simulators.School;

/// <summary>One thing to send: what the ledger says of it, the bytes, and the headers of one attempt at that second.</summary>
public sealed record Outbound(
    string Id,
    string Ticket,
    string Type,
    byte[] Body,
    Func<long, IEnumerable<(string Name, string Value)>> Headers
);

/// <summary>How a send ended.</summary>
/// <param name="Status">The last HTTP status; 0: no answer.</param>
/// <param name="Answer">The last answer's body.</param>
/// <param name="Attempts">How often it was sent, always with the same id.</param>
public sealed record Sent(string Ticket, string Id, int Status, string Answer, int Attempts);
