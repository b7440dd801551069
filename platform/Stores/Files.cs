using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace GroupTicketing.Platform;

/// <summary>The bytes of attachments, keyed by ticket and SHA-256; written durably before the document that claims
/// them.</summary>
public interface IFiles
{
    /// <summary>The largest file taken: 25 MiB.</summary>
    const long MostBytes = 25 * 1024 * 1024;

    /// <summary>Keeps these bytes durably; the same bytes of the same ticket are kept once, and count as written anew.</summary>
    /// <param name="hash">Lower-case hex of their SHA-256.</param>
    /// <param name="pieces">In their order; each is good until the next is asked for.</param>
    /// <exception cref="StoreUnavailableException">They could not be kept.</exception>
    /// <exception cref="ArgumentException">The ticket's id has other characters than ASCII letters and digits, or more
    /// than 64.</exception>
    Task Put(string ticket, string hash, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct);

    /// <summary>The bytes, to be read from where one likes, or null where there are none.</summary>
    Task<Stream?> Open(string ticket, string hash, CancellationToken ct);

    /// <summary>Deletes every file of a ticket, if none was written since that time: whoever put one meanwhile was told
    /// that it is kept.</summary>
    Task Delete(string ticket, DateTimeOffset untouchedSince, CancellationToken ct);

    /// <summary>Deletes what writes left that were cut off before that time, by a kill or a power cut; where nobody but
    /// this process writes, whatever it is not writing itself.</summary>
    Task DeleteLeftOvers(DateTimeOffset before, CancellationToken ct);

    /// <summary>Tickets whose files were all written before that time, in the order of their ids, those after
    /// <paramref name="after"/> when given.</summary>
    Task<IReadOnlyList<string>> Untouched(DateTimeOffset before, string? after, int limit, CancellationToken ct);

    // Tickets and hashes come from addresses: only letters and digits may name a file.
    internal static string Plain(string part) =>
        IsPlain(part) ? part : throw new ArgumentException("not the name of a kept file", nameof(part));

    internal static bool IsPlain(string part) => part.All(char.IsAsciiLetterOrDigit) && part.Length is > 0 and <= 64;
}

/// <summary>The files of the embedded mode: a folder per ticket.</summary>
public sealed partial class FolderFiles(string folder) : IFiles
{
    const string Part = ".part";

    // Its folder has one owner: any other part was left by a process that is gone.
    readonly ConcurrentDictionary<string, bool> going = new();

    // Between a deletion that finds its folder untouched, and whoever finds a file there or begins one.
    readonly Lock touching = new();

    int parts;

    /// <inheritdoc/>
    public async Task Put(string ticket, string hash, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct)
    {
        var path = PathOf(ticket, hash);
        if (File.Exists(path) && Refreshed(path))
            return;
        var part = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref parts)}{Part}";
        try
        {
            await Write(part, pieces, ct);
            File.Move(part, path, overwrite: true);
            FlushFolder(Path.GetDirectoryName(path)!);
            FlushFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("a file could not be kept", exception);
        }
        finally
        {
            going.TryRemove(part, out _);
        }
    }

    // Of a sender that hangs up, or a disk that is full, nothing stays.
    async Task Write(string part, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct)
    {
        going[part] = true;
        try
        {
            await using var stream = Begin(part);
            foreach (var piece in pieces)
                await stream.WriteAsync(piece, ct);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            Forget(part);
            throw;
        }
    }

    // It touches the folder, which has not rested from here on.
    FileStream Begin(string part)
    {
        lock (touching)
        {
            DataFolder.Make(folder);
            Directory.CreateDirectory(Path.GetDirectoryName(part)!);
            return new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None);
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> Open(string ticket, string hash, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(
                new FileStream(
                    PathOf(ticket, hash),
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read | FileShare.Delete,
                    4_096,
                    useAsync: true
                )
            );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("a kept file could not be read", exception);
        }
    }

    /// <inheritdoc/>
    public Task Delete(string ticket, DateTimeOffset untouchedSince, CancellationToken ct)
    {
        var path = Path.Combine(folder, IFiles.Plain(ticket));
        lock (touching)
        {
            if (Directory.Exists(path) && IsUntouched(path, untouchedSince))
                Directory.Delete(path, recursive: true);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteLeftOvers(DateTimeOffset before, CancellationToken ct)
    {
        foreach (var ticket in Tickets())
        {
            foreach (var part in Directory.EnumerateFiles(Path.Combine(folder, ticket), $"*{Part}"))
            {
                if (!going.ContainsKey(part))
                    Forget(part);
            }
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Untouched(DateTimeOffset before, string? after, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. Tickets()
                .Where(ticket => string.CompareOrdinal(ticket, after) > 0)
                .Order(StringComparer.Ordinal)
                .Where(ticket => IsUntouched(Path.Combine(folder, ticket), before))
                .Take(limit),
        ]);

    // A disk that is mounted here has a folder of its own beside them.
    IEnumerable<string> Tickets() =>
        (Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
            .Select(path => Path.GetFileName(path))
            .Where(IFiles.IsPlain);

    static bool IsUntouched(string path, DateTimeOffset since) => Directory.GetLastWriteTimeUtc(path) < since.UtcDateTime;

    // What cannot be deleted now is tried again at the next start.
    static void Forget(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    // A repeat is as good as new: its document may be about to be written, and what rests for a day unclaimed is deleted.
    bool Refreshed(string path)
    {
        lock (touching)
            return Touched(path);
    }

    static bool Touched(string path)
    {
        try
        {
            var now = DateTime.UtcNow;
            File.SetLastWriteTimeUtc(path, now);
            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(path)!, now);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("a file could not be kept", exception);
        }
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
