using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GroupTicketing.Platform;

/// <summary>The bytes of attachments, keyed by ticket and SHA-256; written durably before the document that claims them.</summary>
public interface IFiles
{
    /// <summary>The largest file taken: 25 MiB.</summary>
    const long MostBytes = 25 * 1024 * 1024;

    /// <summary>Keeps these bytes durably; the same bytes of the same ticket are kept once.</summary>
    /// <returns>Lower-case hex of their SHA-256.</returns>
    /// <exception cref="StoreUnavailableException">They could not be kept.</exception>
    /// <exception cref="ArgumentException">The ticket's id has other characters than ASCII letters and digits, or more than 64.</exception>
    Task<string> Put(string ticket, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>The bytes, or null where there are none.</summary>
    Task<byte[]?> Get(string ticket, string hash, CancellationToken ct);

    /// <summary>Deletes every file of a ticket.</summary>
    Task Delete(string ticket, CancellationToken ct);

    /// <summary>Tickets whose files were all written before that time, in the order of their ids, those after <paramref name="after"/> when given.</summary>
    Task<IReadOnlyList<string>> Untouched(DateTimeOffset before, string? after, int limit, CancellationToken ct);

    // Tickets and hashes come from addresses: only letters and digits may name a file.
    internal static string Plain(string part) =>
        part.All(char.IsAsciiLetterOrDigit) && part.Length is > 0 and <= 64 ? part : throw new ArgumentException("not the name of a kept file", nameof(part));
}

/// <summary>The files of the embedded mode: a folder per ticket.</summary>
public sealed partial class FolderFiles(string folder) : IFiles
{
    int parts;

    /// <inheritdoc/>
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
            FlushFolder(Path.GetDirectoryName(path)!);
            FlushFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("a file could not be kept", exception);
        }
        return hash;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> Get(string ticket, string hash, CancellationToken ct)
    {
        var path = PathOf(ticket, hash);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, ct) : null;
    }

    /// <inheritdoc/>
    public Task Delete(string ticket, CancellationToken ct)
    {
        var path = Path.Combine(folder, IFiles.Plain(ticket));
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Untouched(DateTimeOffset before, string? after, int limit, CancellationToken ct)
    {
        var tickets = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];
        return Task.FromResult<IReadOnlyList<string>>(
        [
            .. tickets.Select(path => Path.GetFileName(path)).Where(ticket => string.CompareOrdinal(ticket, after) > 0).Order(StringComparer.Ordinal)
                .Where(ticket => Directory.GetLastWriteTimeUtc(Path.Combine(folder, ticket)) < before.UtcDateTime).Take(limit),
        ]);
    }

    string PathOf(string ticket, string hash) => Path.Combine(folder, IFiles.Plain(ticket), IFiles.Plain(hash));

    // A renamed file survives a power cut only once its folder's entry is on disk, too (fsync(2)); .NET opens no folders.
    static void FlushFolder(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var handle = Open(path, 0);
        var flushed = handle >= 0 && Flush(handle) == 0;
        if (handle >= 0)
            _ = Close(handle);
        if (!flushed)
            throw new IOException("a folder could not be flushed to disk");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
