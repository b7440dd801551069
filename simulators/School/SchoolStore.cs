using System.Text.Json;

namespace GroupTicketing.Simulators.School;

/// <summary>The tool's tickets and what was sent and told, in memory and in two files; replayed at start.</summary>
public sealed class SchoolStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SchoolTicket> _tickets = [];
    private readonly HashSet<string> _taken = [];
    private readonly Journal _ledger;
    private readonly Journal _acts;
    private readonly TimeProvider _clock;
    private int _lines;

    public SchoolStore(string folder, TimeProvider clock)
    {
        _clock = clock;
        _acts = new Journal(Path.Combine(folder, "school.jsonl"));
        _ledger = new Journal(Path.Combine(folder, "school-ledger.jsonl"));
        foreach (var act in Journal.Lines<Act>(_acts.FilePath))
            Keep(act);
        _lines = Journal.Lines<LedgerLine>(_ledger.FilePath).Count();
    }

    public string LedgerPath => _ledger.FilePath;

    public IReadOnlyList<SchoolTicket> Tickets
    {
        get
        {
            lock (_gate)
                return [.. _tickets.Values];
        }
    }

    public SchoolTicket? Find(string number)
    {
        lock (_gate)
            return _tickets.GetValueOrDefault(number);
    }

    public string NextNumber()
    {
        lock (_gate)
            return $"{4511 + _tickets.Count + 1}";
    }

    /// <summary>A ticket of the tool, or something that happened to one.</summary>
    public void Note(Act act)
    {
        lock (_gate)
        {
            _acts.Append(act);
            Keep(act);
        }
    }

    /// <summary>Something told. False for a repeat, which has no second effect.</summary>
    public bool Take(string webhookId, Told told)
    {
        lock (_gate)
        {
            if (_taken.Contains(webhookId))
                return false;
            var act = new Act(told.Ticket, webhookId, null, told);
            _acts.Append(act);
            Keep(act);
            return true;
        }
    }

    public void Line(string dir, string id, string ticket, string type, int status, bool repeat, string? reference)
    {
        lock (_gate)
            _ledger.Append(new LedgerLine(++_lines, _clock.GetUtcNow(), dir, id, ticket, type, status, repeat, reference));
    }

    public void Dispose()
    {
        _acts.Dispose();
        _ledger.Dispose();
    }

    private void Keep(Act act)
    {
        if (!_tickets.TryGetValue(act.Ticket, out var ticket))
            _tickets[act.Ticket] = ticket = new SchoolTicket(act.Ticket, act.Title ?? $"Ticket {act.Ticket}", null, null, null, []);
        if (act.Title is { } title)
            ticket = ticket with { Title = title };
        if (act.Told is { } told)
        {
            _taken.Add(act.WebhookId!);
            ticket = ticket with { Reference = told.Reference ?? ticket.Reference, Url = told.Url ?? ticket.Url, State = told.State, Told = [.. ticket.Told, told] };
        }
        _tickets[act.Ticket] = ticket;
    }
}

/// <summary>A line of the tool's own file.</summary>
public sealed record Act(string Ticket, string? WebhookId, string? Title, Told? Told);

/// <summary>A ticket in the school's tool.</summary>
/// <param name="Told">Everything the group told, in the order it came.</param>
public sealed record SchoolTicket(string Number, string Title, string? Reference, string? Url, string? State, IReadOnlyList<Told> Told)
{
    /// <summary>What the support sees.</summary>
    public IEnumerable<Told> SupportNotes => Told.Where(told => told.Audience != "requester");

    /// <summary>What the person who asked receives.</summary>
    public IEnumerable<Told> RequesterMessages => Told.Where(told => told.Audience == "requester");
}

/// <summary>Something the group told.</summary>
public sealed record Told(string Ticket, string Type, DateTimeOffset At, string? Reference, string? Url, string? State, string Audience, string? Text, string? Author, JsonElement? File);

/// <summary>What was sent and told, for those who count.</summary>
public sealed record LedgerLine(int N, DateTimeOffset At, string Dir, string Id, string Ticket, string Type, int Status, bool Repeat, string? Reference);
