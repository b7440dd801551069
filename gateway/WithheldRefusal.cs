using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Gateway;

/// <summary>An answer's body that goes out as it comes, but not where the answer is a refused key: that one is told
/// otherwise.</summary>
sealed class WithheldRefusal(HttpResponse response, Stream body) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    bool IsRefusal => response.StatusCode == StatusCodes.Status401Unauthorized;

    public override void Flush()
    {
        if (!IsRefusal)
            body.Flush();
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        IsRefusal ? Task.CompletedTask : body.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!IsRefusal)
            body.Write(buffer, offset, count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsRefusal ? ValueTask.CompletedTask : body.WriteAsync(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
