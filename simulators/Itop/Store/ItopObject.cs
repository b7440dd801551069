using GroupTicketing.Simulators.Itop.Model;

namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>One version of an object; a write makes another one. Only attributes that were set have a value here.
/// A value is a string, an int, a <see cref="Blob"/>, an array of <see cref="LogEntry"/> or null.</summary>
public sealed record ItopObject(string Class, int Id, IReadOnlyDictionary<string, object?> Values)
{
    public string Name => $"{Class}::{Id}";

    public ItopClass Model => DataModel.Get(Class);

    public string Text(string code) => Values.GetValueOrDefault(code) as string ?? Model.Find(code)?.Unset as string ?? "";

    public int Number(string code) => Values.GetValueOrDefault(code) is int number ? number : 0;

    public LogEntry[] Log(string code) => Values.GetValueOrDefault(code) as LogEntry[] ?? [];

    public ItopObject With(IReadOnlyDictionary<string, object?> changes)
    {
        var values = new Dictionary<string, object?>(Values, StringComparer.Ordinal);
        foreach (var (code, value) in changes)
            values[code] = value;
        return this with { Values = values };
    }
}
