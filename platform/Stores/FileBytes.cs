using System.Security.Cryptography;

namespace GroupTicketing.Platform;

/// <summary>Kept files as their readers and writers want them: whole where they are small, or to be sent on.</summary>
public static class FileBytes
{
    const int FirstPiece = 4 * 1024;

    /// <inheritdoc cref="IFiles.Put"/>
    /// <returns>Lower-case hex of their SHA-256.</returns>
    public static async Task<string> Put(this IFiles files, string ticket, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        await files.Put(ticket, hash, [bytes], ct);
        return hash;
    }

    /// <summary>All bytes at once, or null where there are none.</summary>
    public static async Task<byte[]?> Get(this IFiles files, string ticket, string hash, CancellationToken ct)
    {
        await using var stream = await files.Open(ticket, hash, ct);
        if (stream is null)
            return null;
        var bytes = new byte[stream.Length];
        return await stream.ReadKept(bytes, ct) == bytes.Length
            ? bytes
            : throw new StoreUnavailableException("a kept file is cut");
    }

    /// <summary>The bytes, to be sent on, or null where there are none. What cannot be read is told before any of it is
    /// sent.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public static async Task<Stream?> OpenToSend(this IFiles files, string ticket, string hash, CancellationToken ct)
    {
        if (await files.Open(ticket, hash, ct) is not { } stream)
            return null;
        try
        {
            await stream.ReadKept(new byte[FirstPiece], ct);
            stream.Position = 0;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads on in a kept file until the buffer is full or the file ends. What goes wrong is the store's,
    /// whoever reads.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    public static async Task<int> ReadKept(this Stream file, Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new StoreUnavailableException("a kept file could not be read", exception);
        }
    }
}
