using System.CommandLine;
using System.Formats.Tar;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Host.Commands;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>: the embedded store and files in one archive. A backup is hot; a restore wants the process stopped.</summary>
static class BackupCommand
{
    public static IEnumerable<Command> Of(Func<ParseResult, HostSettings> settings)
    {
        var file = new Argument<string>("file") { Description = "The archive" };
        var backup = new Command("backup", "Writes the embedded store and files into one archive while all goes on.") { file };
        backup.SetAction((parsed, ct) => Try(settings(parsed), (data, ct) => Backup(data, Path.GetFullPath(parsed.GetValue(file)!), ct), ct));
        var restore = new Command("restore", "Puts an archive back into an empty data folder; what was done since the backup is looked for before it is done again.") { file };
        restore.SetAction((parsed, ct) => Try(settings(parsed), (data, ct) => Restore(data, Path.GetFullPath(parsed.GetValue(file)!), ct), ct));
        return [backup, restore];
    }

    static async Task<int> Try(HostSettings settings, Func<string, CancellationToken, Task<string?>> act, CancellationToken ct)
    {
        try
        {
            var fault = settings.Store.Url is null
                ? await act(settings.Data, ct)
                : "Store:Url names MongoDB: back it up with mongodump --archive=FILE; stop every service, put it back with mongorestore, then say: restored";
            if (fault is null)
                return 0;
            System.Console.Error.WriteLine($"error: {fault}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException or InvalidDataException)
        {
            System.Console.Error.WriteLine($"error: {exception.Message}");
        }
        return 1;
    }

    // The store first: whatever file it claims is there before it, and is copied after it.
    static async Task<string?> Backup(string data, string file, CancellationToken ct)
    {
        if (!File.Exists(House.StoreFile(data)))
            return $"{data} holds no store";
        if (File.Exists(file))
            return $"{file} is there already: name another";
        var (part, copy) = (file + ".part", file + ".db.part");
        try
        {
            Copy(House.StoreFile(data), copy);
            await using (var archive = new TarWriter(File.Create(part)))
            {
                await archive.WriteEntryAsync(copy, House.StoreName, ct);
                foreach (var kept in Kept(House.FilesFolder(data)))
                    await archive.WriteEntryAsync(kept, Path.GetRelativePath(data, kept), ct);
            }
            File.Move(part, file);
            System.Console.WriteLine($"{file}: {new FileInfo(file).Length / 1024} KiB");
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
            return $"{file} is not there";
        if (System.IO.Directory.Exists(data) && System.IO.Directory.EnumerateFileSystemEntries(data).Any())
            return $"{data} is not empty: stop the process, move the folder away, and say it again";
        System.IO.Directory.CreateDirectory(data);
        await TarFile.ExtractToDirectoryAsync(file, data, overwriteFiles: false, ct);
        if (!File.Exists(House.StoreFile(data)))
            return $"{file} is no backup of ours";
        System.Console.WriteLine($"{data}: restored, epoch {SqliteStore.RaiseEpoch(House.StoreFile(data), TimeProvider.System.GetUtcNow())}");
        return null;
    }

    static IEnumerable<string> Kept(string folder) => System.IO.Directory.Exists(folder)
        ? System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".part", StringComparison.Ordinal))
        : [];

    // SQLite's own online backup: a state between two commits, without holding up the writer.
    static void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False;Mode=ReadOnly");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        source.BackupDatabase(target);
    }
}
