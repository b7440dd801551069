using System.Text.Json;

namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>One line of <c>itop.jsonl</c>: an object as committed (no values: deleted), the reference counter and what
/// the ledger says of it.</summary>
public sealed record StoredLine(
    string Class,
    int Id,
    int Counter,
    Dictionary<string, JsonElement>? Values,
    Dictionary<string, LogEntry[]>? Logs,
    Dictionary<string, Blob>? Files,
    LedgerLine? Ledger)
{
    public static StoredLine Of(ItopObject stored, int counter, LedgerLine? ledger) =>
        new(
            stored.Class,
            stored.Id,
            counter,
            stored
                .Values.Where(v => v.Value is not (LogEntry[] or Blob))
                .ToDictionary(v => v.Key, v => JsonSerializer.SerializeToElement(v.Value)),
            stored.Values.Where(v => v.Value is LogEntry[]).ToDictionary(v => v.Key, v => (LogEntry[])v.Value!),
            stored.Values.Where(v => v.Value is Blob).ToDictionary(v => v.Key, v => (Blob)v.Value!),
            ledger
        );

    public ItopObject ToObject()
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (code, value) in Values!)
            values[code] = Plain(value);
        foreach (var (code, log) in Logs!)
            values[code] = log;
        foreach (var (code, file) in Files!)
            values[code] = file;
        return new ItopObject(Class, Id, values);
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetInt32(),
        _ => value.GetString(),
    };
}
