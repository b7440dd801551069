using System.Collections.Concurrent;
using System.Text.Json;

namespace GroupTicketing.Simulators.Itop;

/// <summary>How often each operation was called, in all and per class.</summary>
public sealed class CallCounter
{
    private readonly ConcurrentDictionary<string, int> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _classes = new(StringComparer.Ordinal);

    public object Counts => new
    {
        total = _operations.Values.Sum(),
        operations = _operations.OrderBy(c => c.Key).ToDictionary(),
        classes = _classes.OrderBy(c => c.Key).ToDictionary(),
    };

    public void Count(string operation, JsonElement call)
    {
        _operations.AddOrUpdate(operation, 1, (_, n) => n + 1);
        if (call.TryGetProperty("class", out var itopClass))
            _classes.AddOrUpdate(itopClass.ToString(), 1, (_, n) => n + 1);
    }

    public void Reset()
    {
        _operations.Clear();
        _classes.Clear();
    }
}
