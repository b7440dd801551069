using System.CommandLine;
using System.Formats.Tar;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Host.Commands;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>: the embedded store and files in one archive. A backup is hot; a
/// restore wants the process stopped.</summary>
static class BackupCommand
{
    public static IEnumerable<Command> Create(Func<ParseResult, HostSettings> settings)
    {
        var file = new Argument<string>("file") { Description = CommandTexts.Text("Archive") };
        var backup = new Command("backup", CommandTexts.Text("Backup")) { file };
        backup.SetAction(
            (parsed, ct) => Try(settings(parsed), (data, ct) => Backup(data, Path.GetFullPath(parsed.GetValue(file)!), ct), ct)
        );
        var restore = new Command("restore", CommandTexts.Text("Restore")) { file };
        restore.SetAction(
            (parsed, ct) => Try(settings(parsed), (data, ct) => Restore(data, Path.GetFullPath(parsed.GetValue(file)!), ct), ct)
        );
        return [backup, restore];
    }

    static async Task<int> Try(HostSettings settings, Func<string, CancellationToken, Task<string?>> act, CancellationToken ct)
    {
        try
        {
            var fault = settings.Store.Url is null ? await act(settings.Data, ct) : CommandTexts.Text("BackUpMongo");
            return fault is null ? 0 : Tell.Error(fault);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or SqliteException or InvalidDataException)
        {
            return Tell.Error(exception.Message);
        }
        catch (StoreUnavailableException exception)
        {
            return Tell.Error(exception.Localized);
        }
    }

    // The store first: whatever file it claims is there before it, and is copied after it. It bears its name only once
    // it was read again.
    static async Task<string?> Backup(string data, string file, CancellationToken ct)
    {
        if (!DataFolder.HasStore(data))
            return CommandTexts.Text("NoStore", data);
        if (File.Exists(file))
            return CommandTexts.Text("ThereAlready", file);
        var (part, copy) = (file + ".part", file + ".db.part");
        try
        {
            Copy(PlatformSetup.StoreFile(data), copy);
            await Archive.Write(part, copy, data, Kept(PlatformSetup.FilesFolder(data)), ct);
            if ((Archive.StoreFault(copy) ?? await Archive.Fault(part, ct)) is { } fault)
                return CommandTexts.Text("BackupFailed", file, fault, data);
            File.Move(part, file);
            Tell.Result("BackupMade", file, new FileInfo(file).Length / 1024);
            return null;
        }
        finally
        {
            File.Delete(part);
            File.Delete(copy);
        }
    }

    static async Task<string?> Restore(string data, string file, CancellationToken ct)
    {
        if (!File.Exists(file))
            return CommandTexts.Text("NotThere", file);
        var made = !Directory.Exists(data);
        // In the folder, not beside it: the service's account may write nowhere else. What a restore left that was
        // killed is in nobody's way.
        var part = Path.Combine(data, ".restoring");
        if (Directory.Exists(part))
            Directory.Delete(part, recursive: true);
        if (
            Directory.Exists(data)
            && Directory.EnumerateFileSystemEntries(data).Any(entry => Path.GetFileName(entry) != DataFolder.FirstName)
        )
            return CommandTexts.Text("NotEmpty", data);
        try
        {
            var (fault, epoch) = await Extract(file, part, ct);
            if (fault is not null)
                return CommandTexts.Text("NothingPutBack", file, fault);
            if (Directory.Exists(PlatformSetup.FilesFolder(part)))
                Directory.Move(PlatformSetup.FilesFolder(part), PlatformSetup.FilesFolder(data));
            // The store last: without it nothing starts.
            File.Move(PlatformSetup.StoreFile(part), PlatformSetup.StoreFile(data));
            made = false;
            Tell.Result("PutBack", data, epoch);
            return null;
        }
        finally
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
            if (made && Directory.Exists(data))
                Directory.Delete(data, recursive: true);
        }
    }

    static async Task<(string? Fault, long Epoch)> Extract(string file, string part, CancellationToken ct)
    {
        if (await Archive.Fault(file, ct) is { } damaged)
            return (damaged, 0);
        Directory.CreateDirectory(part);
        await TarFile.ExtractToDirectoryAsync(file, part, overwriteFiles: false, ct);
        return Archive.StoreFault(PlatformSetup.StoreFile(part)) is { } fault
            ? (fault, 0)
            : (null, SqliteStore.RaiseEpoch(PlatformSetup.StoreFile(part), TimeProvider.System.GetUtcNow()));
    }

    static IEnumerable<string> Kept(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => !path.EndsWith(".part", StringComparison.Ordinal))
            : [];

    // SQLite's own online backup: a state between two commits, without holding up the writer.
    static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False;Mode=ReadOnly");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        WaitForALock(source);
        source.BackupDatabase(target);
    }

    // A process that starts after a kill, or ends, holds the store alone for a moment. The library repeats its commands
    // for as long, but not a backup.
    static void WaitForALock(SqliteConnection source)
    {
        using var command = source.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 30000";
        command.ExecuteNonQuery();
    }
}
