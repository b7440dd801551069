using System.Buffers;

namespace GroupTicketing.Platform;

/// <summary>
/// Bodies of requests, bounded for all of a process together: what senders send does not decide how much memory is
/// used. Up to 64 KiB a body lies in pooled memory, a bigger one in a file
/// without a name in the data folder. Bytes count as they come, not as they are announced; small bodies have a share of
/// their own, which big ones do not touch.
/// </summary>
/// <param name="folder">On a disk; on a tmpfs it would be memory again.</param>
/// <param name="mostOnDisk">Bytes of all bodies that lie in files.</param>
public sealed class IncomingBodies(string folder, long mostOnDisk)
{
    /// <summary>Up to this many bytes a body stays in memory.</summary>
    public const int Small = 64 * 1024;

    /// <summary>How many bodies are read or held at once: 16 MiB of memory.</summary>
    public const int MostAtOnce = 256;

    /// <summary>How many of those may be big, or of a length that nobody says: the rest is kept for small ones.</summary>
    public const int MostBigAtOnce = MostAtOnce * 3 / 4;

    const int Piece = 80 * 1024;

    // Small ones that are still being read and whose sender is not known yet, the one that began first in front.
    readonly LinkedList<CancellationTokenSource> unsure = [];
    readonly Lock gate = new();

    int atOnce;
    int bigAtOnce;
    long onDisk;

    /// <summary>How many bodies are read or held now.</summary>
    public int Held => Volatile.Read(ref atOnce);

    /// <summary>Reads a body to its end.</summary>
    /// <param name="most">Its limit, in bytes.</param>
    /// <param name="isBig">Whether it may be longer than <see cref="Small"/>, by what its sender announced.</param>
    /// <param name="isKnown">Whether it is known whose it is. A small one of which nobody knows it gives way, while it
    /// still trickles, to whoever comes when all places are taken: what is sent at once is read at once.</param>
    /// <returns>To be disposed of; null where it is over its limit.</returns>
    /// <exception cref="NoRoomException">There is no room for it now: later there will be.</exception>
    public async Task<IncomingBody?> Read(
        Stream body,
        int most,
        CancellationToken ct,
        bool isBig = false,
        bool isKnown = false
    )
    {
        var held = new IncomingBody(this, isBig);
        var givesWay = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, givesWay.Token);
        var place = new LinkedListNode<CancellationTokenSource>(givesWay);
        try
        {
            var tooManyBig = isBig && Interlocked.Increment(ref bigAtOnce) > MostBigAtOnce;
            if (Interlocked.Increment(ref atOnce) > MostAtOnce && (isBig || !await MakeRoom()) || tooManyBig)
                throw new NoRoomException();
            if (!isBig && !isKnown)
                Enter(place);
            if (await Fill(held, body, most, ended.Token))
                return held;
            held.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (givesWay.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            held.Dispose();
            throw new NoRoomException();
        }
        catch
        {
            held.Dispose();
            throw;
        }
        finally
        {
            Leave(place);
        }
    }

    void Enter(LinkedListNode<CancellationTokenSource> place)
    {
        lock (gate)
            unsure.AddLast(place);
    }

    void Leave(LinkedListNode<CancellationTokenSource> place)
    {
        lock (gate)
            place.List?.Remove(place);
    }

    // Whether one gives way. Those that were sent whole are through in the time it takes to fill all places anew.
    async Task<bool> MakeRoom()
    {
        CancellationTokenSource first;
        lock (gate)
        {
            if (unsure.First is not { } place)
                return false;
            first = place.Value;
            unsure.Remove(place);
        }
        await first.CancelAsync();
        return true;
    }

    async Task<bool> Fill(IncomingBody held, Stream body, int most, CancellationToken ct)
    {
        var length = await body.ReadAtLeastAsync(held.InMemory, Small, throwOnEndOfStream: false, ct);
        held.Length = length;
        if (length > most)
            return false;
        // A full one may have ended just there.
        var piece = ArrayPool<byte>.Shared.Rent(length < Small ? 0 : Piece);
        try
        {
            while (length >= Small && await body.ReadAsync(piece, ct) is > 0 and var read)
            {
                length += read;
                if (length > most)
                    return false;
                await held.Append(piece.AsMemory(0, read), folder, ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
        held.Close();
        return true;
    }

    /// <summary>Makes memory of a file.</summary>
    internal Func<MappedFile, ReadOnlyMemory<byte>> Map { get; init; } = file => file.Read();

    internal void Reserve(long bytes)
    {
        if (Interlocked.Add(ref onDisk, bytes) <= mostOnDisk)
            return;
        Interlocked.Add(ref onDisk, -bytes);
        throw new NoRoomException();
    }

    internal void Release(long bytes, bool isBig)
    {
        if (isBig)
            Interlocked.Decrement(ref bigAtOnce);
        Interlocked.Add(ref onDisk, -bytes);
        Interlocked.Decrement(ref atOnce);
    }
}

/// <summary>A body that was read whole.</summary>
public sealed class IncomingBody : IDisposable
{
    readonly IncomingBodies bodies;
    readonly bool isBig;
    readonly byte[] memory = ArrayPool<byte>.Shared.Rent(IncomingBodies.Small);
    MappedFile? file;
    long reserved;
    bool isDisposed;

    internal IncomingBody(IncomingBodies bodies, bool isBig) => (this.bodies, this.isBig) = (bodies, isBig);

    /// <summary>Its bytes, until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    internal Memory<byte> InMemory => memory.AsMemory(0, IncomingBodies.Small);

    internal int Length { get; set; }

    internal async Task Append(ReadOnlyMemory<byte> piece, string folder, CancellationToken ct)
    {
        try
        {
            if (file is null)
            {
                Reserve(Length);
                file = new MappedFile(folder);
                await file.Append(InMemory, ct);
            }
            Reserve(piece.Length);
            await file.Append(piece, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or the folder gone.
            throw new NoRoomException(exception);
        }
    }

    internal void Close()
    {
        try
        {
            Bytes = file is null ? InMemory[..Length] : bodies.Map(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No more can be mapped.
            throw new NoRoomException(exception);
        }
    }

    void Reserve(long bytes)
    {
        bodies.Reserve(bytes);
        reserved += bytes;
    }

    /// <summary>Gives its room back.</summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        Bytes = default;
        ((IDisposable?)file)?.Dispose();
        ArrayPool<byte>.Shared.Return(memory);
        bodies.Release(reserved, isBig);
    }
}

/// <summary>No more can be taken in at the moment.</summary>
public sealed class NoRoomException(Exception? inner = null) : Exception("too much is being read at once", inner);
