namespace GroupTicketing.Simulators.School;

/// <summary>One line per attempt to send and per callback received.</summary>
/// <param name="Dir">sent or told.</param>
/// <param name="Id">The webhook id.</param>
/// <param name="Status">The HTTP status answered; 0: no answer, or an answer withheld on purpose.</param>
/// <param name="Repeat">The same id was seen before.</param>
/// <param name="Sequence">Of a callback: by which those of one ticket are ordered.</param>
public sealed record SchoolLedgerLine(
    int N,
    DateTimeOffset At,
    string Dir,
    string Id,
    string Ticket,
    string Type,
    int Status,
    bool Repeat,
    string? Reference,
    string? Sequence = null);

/// <summary><c>school-ledger.jsonl</c>.</summary>
public sealed class SchoolLedger(string folder, TimeProvider clock) : IDisposable
{
    private readonly Journal _file = new(Path.Combine(folder, "school-ledger.jsonl"));
    private readonly Lock _gate = new();
    private int _lines = Journal.Lines<SchoolLedgerLine>(Path.Combine(folder, "school-ledger.jsonl")).Count();

    public string FilePath => _file.FilePath;

    public void Write(
        string dir,
        string id,
        string ticket,
        string type,
        int status,
        bool repeat,
        string? reference,
        string? sequence = null
    )
    {
        lock (_gate)
            _file.Append(
                new SchoolLedgerLine(++_lines, clock.GetUtcNow(), dir, id, ticket, type, status, repeat, reference, sequence)
            );
    }

    public void Dispose() => _file.Dispose();
}
