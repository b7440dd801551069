using System.Text;
using System.Text.Json;

namespace GroupTicketing.Tests;

/// <summary>A ledger read as it grows: each line once.</summary>
public sealed class LedgerTail(string file)
{
    long read;

    /// <summary>iTop's.</summary>
    public static LedgerTail OfItop(Machines machines) => new(Path.Combine(machines.Folder, "itop", "itop-ledger.jsonl"));

    /// <summary>A school's.</summary>
    public static LedgerTail Of(SchoolTool school) => new(Path.Combine(school.Folder, "school-ledger.jsonl"));

    /// <summary>What was written since the last call. The last line may still be on its way to the file: it is left for
    /// the next.</summary>
    public IReadOnlyList<JsonElement> New()
    {
        if (!File.Exists(file))
            return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = read;
        var bytes = new byte[stream.Length - read];
        stream.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        read += whole;
        return
        [
            .. Encoding
                .UTF8.GetString(bytes, 0, whole)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }
}
