using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace GroupTicketing.Platform;

/// <summary>A file without a name, filled once and then read as memory: its pages are the disk's, which the system
/// takes back when memory is short. It ends with its owner, even one that is killed.</summary>
sealed unsafe class MappedFile : MemoryManager<byte>
{
    readonly FileStream file;
    MemoryMappedFile? map;
    MemoryMappedViewAccessor? view;
    byte* start;

    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public MappedFile(string folder)
    {
        DataFolder.Make(folder);
        var path = Path.Combine(folder, Path.GetRandomFileName());
        file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        File.Delete(path);
    }

    /// <summary>Bytes.</summary>
    public long Length => file.Length;

    /// <summary>Adds to its end, before it is read.</summary>
    public ValueTask Append(ReadOnlyMemory<byte> bytes, CancellationToken ct) => file.WriteAsync(bytes, ct);

    /// <summary>All of it; from here on nothing is added.</summary>
    public ReadOnlyMemory<byte> Read()
    {
        map = MemoryMappedFile.CreateFromFile(
            file,
            null,
            0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: true
        );
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return Memory;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(start, (int)Length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (start is not null)
            view!.SafeMemoryMappedViewHandle.ReleasePointer();
        start = null;
        view?.Dispose();
        map?.Dispose();
        file.Dispose();
    }
}
