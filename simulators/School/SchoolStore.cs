using System.Collections.Concurrent;
using System.Text.Json;

namespace GroupTicketing.Simulators.School;

/// <summary>One line of <c>school.jsonl</c>: a ticket opened here, something said of it, or a callback taken.</summary>
/// <param name="Said">An event as its webhook would bring it.</param>
public sealed record SchoolLine(
    DateTimeOffset At,
    string Number,
    string? Title,
    string? Description,
    CloudEvent? Callback,
    JsonElement? Said = null
);

/// <summary>The school's tickets, in memory and on file; a restart reads the file again.</summary>
public sealed class SchoolStore : IDisposable
{
    private const int FirstNumber = 1001;

    private readonly ConcurrentDictionary<string, SchoolTicket> _tickets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<SchoolLine>> _said = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Journal _file;
    private readonly TimeProvider _clock;
    private int _last = FirstNumber - 1;

    public SchoolStore(string folder, TimeProvider clock)
    {
        _clock = clock;
        _file = new Journal(Path.Combine(folder, "school.jsonl"));
        foreach (var line in Journal.Lines<SchoolLine>(_file.FilePath))
            Apply(line);
    }

    /// <summary>Newest number first.</summary>
    public IEnumerable<SchoolTicket> All =>
        _tickets.Values.OrderByDescending(t => t.Number.Length).ThenByDescending(t => t.Number, StringComparer.Ordinal);

    public SchoolTicket? Find(string number) => _tickets.GetValueOrDefault(number);

    /// <summary>Opens a ticket under the given number or the next one; a number that exists keeps its ticket.</summary>
    public SchoolTicket Open(string? number, string title, string description)
    {
        lock (_gate)
        {
            var own = string.IsNullOrEmpty(number) ? $"{_last + 1}" : number;
            if (_tickets.TryGetValue(own, out var known))
                return known;
            Commit(new SchoolLine(_clock.GetUtcNow(), own, title, description, null));
            return _tickets[own];
        }
    }

    /// <summary>Something happened to a ticket, whether its webhook arrives or not.</summary>
    public void Say(string number, JsonElement said)
    {
        lock (_gate)
            Commit(new SchoolLine(_clock.GetUtcNow(), number, null, null, null, said));
    }

    /// <summary>What happened to a ticket since it was handed over, oldest first.</summary>
    public IReadOnlyList<JsonElement> SaidOf(string number)
    {
        lock (_gate)
            return [.. _said.GetValueOrDefault(number, []).Select(line => line.Said!.Value)];
    }

    /// <summary>The tickets to which something happened since then.</summary>
    public IReadOnlyList<string> SaidSince(DateTimeOffset since)
    {
        lock (_gate)
            return [.. _said.Where(ticket => ticket.Value[^1].At >= since).Select(ticket => ticket.Key)];
    }

    /// <summary>False if this callback was taken before: it then changes nothing.</summary>
    public bool Take(CloudEvent callback)
    {
        lock (_gate)
        {
            if (_taken.Contains(callback.Id))
                return false;
            Commit(new SchoolLine(_clock.GetUtcNow(), callback.Subject, null, null, callback));
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Commit(SchoolLine line)
    {
        _file.Append(line);
        Apply(line);
    }

    private void Apply(SchoolLine line)
    {
        // What the group opened is no ticket here before the tool makes one of it.
        if (line.Callback is { Type: "group.opened" } opened)
        {
            _taken.Add(opened.Id);
            return;
        }
        if (int.TryParse(line.Number, out var number))
            _last = Math.Max(_last, number);
        var ticket = _tickets.GetOrAdd(line.Number, _ => SchoolTicket.New(line.Number, line.Title ?? "", line.Description ?? ""));
        if (line.Said is not null)
            _said.GetOrAdd(line.Number, _ => []).Add(line);
        if (line.Callback is null)
            return;
        _tickets[line.Number] = ticket.After(line.Callback, line.At);
        _taken.Add(line.Callback.Id);
    }
}
