using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroupTicketing.Simulators;

/// <summary>An append-only file of JSON lines. A line is with the operating system before <see cref="Append"/> returns,
/// so it survives a kill -9
/// of this process (not a power cut). A last line cut short by a kill is dropped when the file is opened.</summary>
public sealed class Journal : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FileStream _file;
    private readonly Lock _gate = new();

    public Journal(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FilePath = path;
        CutTornLine(path);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    public string FilePath { get; }

    public static IEnumerable<T> Lines<T>(string path)
    {
        if (!File.Exists(path))
            yield break;
        foreach (var line in File.ReadLines(path))
            yield return JsonSerializer.Deserialize<T>(line, Json)!;
    }

    public void Append<T>(T line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Json);
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        lock (_gate)
            _file.Write(bytes);
    }

    public void Dispose() => _file.Dispose();

    private static void CutTornLine(string path)
    {
        if (!File.Exists(path))
            return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                break;
            end--;
        }
        file.SetLength(end);
    }
}
