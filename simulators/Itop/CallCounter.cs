using System.Collections.Concurrent;
using System.Text.Json;

namespace GroupTicketing.Simulators.Itop;

/// <summary>How often each operation was called, in all and per class.</summary>
public sealed class CallCounter
{
    private const int MostNoted = 500;
    private readonly ConcurrentDictionary<string, int> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _last = new();

    public object Counts => new
    {
        total = _operations.Values.Sum(),
        operations = _operations.OrderBy(c => c.Key).ToDictionary(),
        classes = _classes.OrderBy(c => c.Key).ToDictionary(),
    };

    /// <summary>The last calls, oldest first: operation and class, and what was answered oddly.</summary>
    public IEnumerable<string> Last => _last;

    public void Note(string what)
    {
        if (_last.Count == MostNoted)
            _last.TryDequeue(out _);
        _last.Enqueue(what);
    }

    public void Count(string operation, JsonElement call)
    {
        _operations.AddOrUpdate(operation, 1, (_, n) => n + 1);
        if (call.TryGetProperty("class", out var itopClass))
            _classes.AddOrUpdate($"{itopClass}", 1, (_, n) => n + 1);
        Note($"{operation} {itopClass}".TrimEnd());
    }

    public void Reset()
    {
        _last.Clear();
        _operations.Clear();
        _classes.Clear();
    }
}
