using System.Security.Cryptography;

namespace GroupTicketing.Platform;

/// <summary>The bytes of attachments, in a folder, keyed by ticket and SHA-256; written durably before the document that claims them.</summary>
public sealed class Files(string folder)
{
    /// <summary>The largest file taken: 25 MiB.</summary>
    public const long MostBytes = 25 * 1024 * 1024;

    int parts;

    /// <summary>Keeps these bytes; the same bytes of the same ticket are kept once.</summary>
    /// <returns>Lower-case hex of their SHA-256.</returns>
    public async Task<string> Put(string ticket, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var path = PathOf(ticket, hash);
        if (File.Exists(path))
            return hash;
        var part = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref parts)}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await stream.WriteAsync(bytes, ct);
                stream.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("a file could not be kept", exception);
        }
        return hash;
    }

    /// <summary>The bytes, or null where there are none.</summary>
    public async Task<byte[]?> Get(string ticket, string hash, CancellationToken ct)
    {
        var path = PathOf(ticket, hash);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, ct) : null;
    }

    /// <summary>Deletes every file of a ticket.</summary>
    public void Delete(string ticket)
    {
        var path = Path.Combine(folder, Plain(ticket));
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    string PathOf(string ticket, string hash) => Path.Combine(folder, Plain(ticket), Plain(hash));

    // Both parts come from addresses: only letters and digits may name a file.
    static string Plain(string part) =>
        part.All(char.IsAsciiLetterOrDigit) && part.Length is > 0 and <= 64 ? part : throw new ArgumentException("not the name of a kept file", nameof(part));
}
