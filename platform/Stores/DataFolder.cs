using System.Globalization;

namespace GroupTicketing.Platform;

/// <summary>The folder of the embedded store and files, held by one process at a time: two on one store would each
/// remember what the other changes.</summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The file that allows one start on an empty folder: an installer lays it there, and the start that made
    /// the store takes it away.</summary>
    public const string FirstName = "first-start";

    const string LockName = "groupticketing.lock";
    const string HolderName = "groupticketing.pid";

    // EWOULDBLOCK, as .NET says it.
    const int LockedOnLinux = 11, LockedOnMac = 35;

    readonly FileStream held;
    readonly string data;
    FileStream? storeHeld;

    DataFolder(FileStream held, string data) => (this.held, this.data) = (held, data);

    /// <summary>
    /// Takes it for this process. A folder without a store is a new installation, or the wrong folder, or a disk that
    /// is not mounted: it must be said that it is the first start.
    /// </summary>
    /// <param name="first">Whether it was said.</param>
    /// <exception cref="StoreUnavailableException">Another process holds it, or there is no store and nobody said that
    /// this is the first start.</exception>
    public static DataFolder Take(string data, bool first, DateTimeOffset now)
    {
        var folder = Path.GetFullPath(data);
        var marker = Path.Combine(folder, FirstName);
        var (hasStore, mayBegin) = (HasStore(data), first || File.Exists(marker));
        if (!hasStore && !mayBegin && File.Exists(PlatformSetup.StoreFile(data)))
            throw StoreUnavailableException.Because("EmptyStore", null, folder);
        if (!hasStore && !mayBegin)
            throw StoreUnavailableException.Because("NoStore", null, folder);
        if (hasStore && first)
            throw StoreUnavailableException.Because("StoreThere", null, folder);
        try
        {
            Directory.CreateDirectory(folder);
            return Hold(folder, now);
        }
        // What the lock of another process is told as; any other fault, a full disk, is the folder's.
        catch (IOException exception)
            when (exception.HResult is LockedOnLinux or LockedOnMac && File.Exists(Path.Combine(folder, HolderName)))
        {
            throw StoreUnavailableException.Because("Held", null, folder, File.ReadAllText(Path.Combine(folder, HolderName)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreUnavailableException.Because("FolderUnusable", exception, folder, exception.Message);
        }
    }

    /// <summary>Whether a store is in it.</summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell: this account may not look into it, or its disk
    /// fails.</exception>
    public static bool HasStore(string data)
    {
        try
        {
            _ = File.GetAttributes(PlatformSetup.StoreFile(data));
            return SqliteStore.IsIn(PlatformSetup.StoreFile(data));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreUnavailableException.Because("FolderUnusable", exception, Path.GetFullPath(data), exception.Message);
        }
    }

    /// <summary>Where the store is there by now, nothing allows another first start. One that failed before it, by a port that
    /// is taken, leaves what allowed it.</summary>
    public void HasBegun()
    {
        var store = PlatformSetup.StoreFile(data);
        if (!SqliteStore.IsIn(store))
            return;
        File.Delete(Path.Combine(data, FirstName));
        // The lock's own file may be deleted by somebody who tidies up: the store is locked as well, by a lock that
        // SQLite's do not see. Where it would see it, the first must do.
        if (!OperatingSystem.IsWindows())
            storeHeld ??= new FileStream(store, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
    }

    static DataFolder Hold(string folder, DateTimeOffset now)
    {
        var held = new FileStream(
            Path.Combine(folder, LockName),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
        var taken = new DataFolder(held, folder);
        try
        {
            taken.HasBegun();
            // Only now: until then it names whoever holds it.
            File.WriteAllText(
                Path.Combine(folder, HolderName),
                string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} on {Environment.MachineName} since {now:u}")
            );
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Makes a folder in the data folder, never that itself: where it is away it would stand in its disk's place,
    /// or in the way of whoever puts it back.</summary>
    /// <exception cref="DirectoryNotFoundException">The data folder is away.</exception>
    internal static void Make(string folder)
    {
        var data = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        if (!Directory.Exists(data))
            throw new DirectoryNotFoundException($"{data} is gone");
        Directory.CreateDirectory(folder);
    }

    /// <summary>Leaves it to the next process.</summary>
    public void Dispose()
    {
        storeHeld?.Dispose();
        held.Dispose();
    }
}
