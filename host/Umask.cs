using System.Runtime.InteropServices;
using GroupTicketing.Platform;

namespace GroupTicketing.Host;

/// <summary>What the program writes holds personal data: only its own account reads it, however the machine is set.</summary>
static partial class Umask
{
    const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode Content = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const uint OthersHaveNothing = 0b000_111_111;

    /// <summary>New files are 0600 and new folders 0700 from now on, those of SQLite, too.</summary>
    public static void Close()
    {
        if (!OperatingSystem.IsWindows())
            _ = Set(OthersHaveNothing);
    }

    /// <summary>The same for a data folder that is there already, made by an older release or by hand.</summary>
    public static void Close(string data)
    {
        if (OperatingSystem.IsWindows())
            return;
        var store = PlatformSetup.StoreFile(data);
        foreach (var folder in (string[])[data, PlatformSetup.FilesFolder(data)])
            Close(folder, Folder, Directory.Exists(folder));
        // SQLite gives the two beside it the mode of the database.
        foreach (var file in (string[])[store, $"{store}-wal", $"{store}-shm"])
            Close(file, Content, File.Exists(file));
    }

    static void Close(string path, UnixFileMode mode, bool exists)
    {
        if (OperatingSystem.IsWindows() || !exists)
            return;
        try
        {
            File.SetUnixFileMode(path, mode);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or FileNotFoundException)
        {
            // Another account's, which lets ours in: it says who else comes in. Or SQLite took it away.
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Set(uint mask);
}
