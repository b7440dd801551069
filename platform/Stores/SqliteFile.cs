using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>
/// The file behind a connection: whether it is still the one that was opened. A file that was removed or replaced goes
/// on taking writes by the connection that holds it, and all of them are gone with the process.
/// </summary>
sealed partial class SqliteFile : IDisposable
{
    const int HasMovedOp = 20;

    // Of its own: the writer's is held while it commits, and whoever asks must not wait for that.
    readonly SqliteConnection connection;
    readonly string file;
    readonly string resolved;

    // Where no link is on the way, one that comes there later leads SQLite elsewhere, too, which it sees.
    readonly bool isLinked;
    long largest;

    /// <param name="file">As it was named.</param>
    /// <param name="resolved">Where that led when it was opened.</param>
    public SqliteFile(string file, string resolved)
    {
        (this.file, this.resolved, isLinked) = (file, resolved, resolved != Path.GetFullPath(file));
        connection = SqliteSchema.OpenToRead(resolved);
    }

    /// <summary>Where a path leads, each link on its way followed.</summary>
    public static string Resolved(string file)
    {
        var full = Path.GetFullPath(file);
        var path = Path.GetPathRoot(full)!;
        foreach (var name in full[path.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, name);
            if (new FileInfo(path).LinkTarget is not null)
                path = Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        return path;
    }

    /// <summary>Why it is not the file that was opened; null: it is.</summary>
    public string? Fault()
    {
        // Before the file is looked at: it may grow meanwhile, and another may note that.
        var before = Volatile.Read(ref largest);
        // Looked at anew each time: one that several refresh at once says for a moment that it is empty.
        var (main, log) = (new FileInfo(file), new FileInfo(file + "-wal"));
        if (!main.Exists)
            return $"{main.FullName} is gone: put its folder back, then restart; nothing is taken meanwhile";
        if (HasMoved() || (isLinked && Resolved(file) != resolved))
            return $"{main.FullName} was replaced by another file: put the right one back, then restart; nothing is taken "
                + "meanwhile";
        if (main.Length < before)
            return $"{main.FullName} was cut: restore a backup; nothing is taken meanwhile";
        if (main.Length > before)
            Volatile.Write(ref largest, main.Length);
        return log.Exists
            ? null
            : $"{log.FullName} is gone, with what was written last: restore a backup; nothing is taken meanwhile";
    }

    public void Dispose() => connection.Dispose();

    // Asked of SQLite, which knows the file by its number (SQLITE_FCNTL_HAS_MOVED, sqlite3.h): a name alone does not tell.
    bool HasMoved()
    {
        var moved = 0;
        return FileControl(connection.Handle!.DangerousGetHandle(), "main", HasMovedOp, ref moved) == 0 && moved != 0;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string database, int op, ref int value);
}
