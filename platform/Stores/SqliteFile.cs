using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>
/// The file behind a connection: whether it is still the one that was opened. A file that was removed or replaced goes
/// on taking writes by the connection that holds it, and all of them are gone with the process.
/// </summary>
sealed partial class SqliteFile
{
    const int HasMovedOp = 20;

    readonly SqliteConnection connection;
    readonly string file;
    readonly long atLeast;

    public SqliteFile(SqliteConnection connection, string file)
    {
        (this.connection, this.file) = (connection, file);
        atLeast = new FileInfo(file) is { Exists: true } main ? main.Length : 0;
    }

    /// <summary>Why it is not the file that was opened; null: it is.</summary>
    public string? Fault()
    {
        // Looked at anew each time: one that several refresh at once says for a moment that it is empty.
        var (main, log) = (new FileInfo(file), new FileInfo(file + "-wal"));
        if (!main.Exists)
            return $"{main.FullName} is gone: put its folder back, then restart; nothing is taken meanwhile";
        if (HasMoved())
            return $"{main.FullName} was replaced by another file: put the right one back, then restart; nothing is taken "
                + "meanwhile";
        if (main.Length < atLeast)
            return $"{main.FullName} was cut: restore a backup; nothing is taken meanwhile";
        return log.Exists
            ? null
            : $"{log.FullName} is gone, with what was written last: restore a backup; nothing is taken meanwhile";
    }

    // Asked of SQLite, which knows the file by its number (SQLITE_FCNTL_HAS_MOVED, sqlite3.h): a name alone does not tell.
    bool HasMoved()
    {
        var moved = 0;
        return FileControl(connection.Handle!.DangerousGetHandle(), "main", HasMovedOp, ref moved) == 0 && moved != 0;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string database, int op, ref int value);
}
