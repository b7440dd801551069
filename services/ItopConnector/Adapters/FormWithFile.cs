using System.Buffers.Text;
using System.Net;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>A URL-encoded form, one of whose values holds a file as base64: encoded piece by piece while it is sent, so
/// that a file of 25 MiB takes no memory of its size. It owns the file.</summary>
sealed class FormWithFile : HttpContent
{
    // Base64 encodes three bytes at a time: only the last piece may need filling up.
    const int Piece = 3 * 16 * 1024;

    readonly byte[] before;
    readonly byte[] after;
    readonly Stream file;
    readonly long length;

    FormWithFile(byte[] before, Stream file, byte[] after, long length)
    {
        (this.before, this.file, this.after, this.length) = (before, file, after, length);
        Headers.ContentType = new("application/x-www-form-urlencoded");
    }

    /// <summary>Reads the file once for the length: what base64 takes in a URL-encoded form depends on the bytes, and
    /// not every web server takes a body of unknown length.</summary>
    /// <param name="file">Read from its beginning, each time it is sent.</param>
    /// <exception cref="StoreUnavailableException">The file could not be read.</exception>
    public static async Task<FormWithFile> Around(byte[] before, Stream file, byte[] after, CancellationToken ct)
    {
        var length = (long)before.Length + after.Length;
        try
        {
            await ForEachPiece(file, piece => { length += piece.Length; return ValueTask.CompletedTask; }, ct);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        return new FormWithFile(before, file, after, length);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        await stream.WriteAsync(before, cancellationToken);
        await ForEachPiece(file, piece => stream.WriteAsync(piece, cancellationToken), cancellationToken);
        await stream.WriteAsync(after, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = this.length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    static async Task ForEachPiece(Stream file, Func<ReadOnlyMemory<byte>, ValueTask> then, CancellationToken ct)
    {
        var (bytes, base64) = (new byte[Piece], new byte[Base64.GetMaxEncodedToUtf8Length(Piece)]);
        var encoded = new byte[base64.Length * 3];
        file.Position = 0;
        while (await file.ReadKept(bytes, ct) is > 0 and var read)
        {
            Base64.EncodeToUtf8(bytes.AsSpan(0, read), base64, out _, out var written);
            await then(encoded.AsMemory(0, UrlEncode(base64.AsSpan(0, written), encoded)));
        }
    }

    static int UrlEncode(ReadOnlySpan<byte> base64, Span<byte> encoded)
    {
        var length = 0;
        foreach (var one in base64)
        {
            ReadOnlySpan<byte> form = one switch { (byte)'+' => "%2B"u8, (byte)'/' => "%2F"u8, (byte)'=' => "%3D"u8, _ => [one] };
            form.CopyTo(encoded[length..]);
            length += form.Length;
        }
        return length;
    }
}
