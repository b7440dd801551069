using System.Formats.Tar;
using System.Security.Cryptography;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Host.Commands;

/// <summary>A backup's archive: the store first, then every file, named by the SHA-256 of its bytes. It is believed
/// only once it was read to its end.</summary>
static class Archive
{
    // A tar ends with two empty blocks; one that was cut between two files lacks them, and nothing else.
    const int End = 1024;

    public static async Task Write(string file, string store, string data, IEnumerable<string> kept, CancellationToken ct)
    {
        await using var stream = File.Create(file);
        await using (var archive = new TarWriter(stream, leaveOpen: true))
        {
            await archive.WriteEntryAsync(store, PlatformSetup.StoreName, ct);
            foreach (var path in kept)
                await archive.WriteEntryAsync(path, Path.GetRelativePath(data, path), ct);
        }
        stream.Flush(flushToDisk: true);
    }

    /// <summary>What is wrong with it, or null; nothing is written.</summary>
    public static async Task<string?> Fault(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        try
        {
            return await Fault(stream, ct);
        }
        catch (Exception exception)
            when (exception is InvalidDataException or EndOfStreamException or FormatException
                or ArgumentException or NotSupportedException)
        {
            return CommandTexts.Text("NoBackup");
        }
    }

    static async Task<string?> Fault(FileStream stream, CancellationToken ct)
    {
        var hasStore = false;
        await using var archive = new TarReader(stream, leaveOpen: true);
        while (await archive.GetNextEntryAsync(copyData: false, ct) is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory)
                continue;
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !IsOurs(name))
                return CommandTexts.Text("HoldsStranger", entry.Name);
            var hash = await SHA256.HashDataAsync(entry.DataStream ?? Stream.Null, ct);
            if (name == PlatformSetup.StoreName)
                hasStore = true;
            else if (Path.GetFileName(name) != Convert.ToHexStringLower(hash))
                return CommandTexts.Text("FileDamaged", entry.Name);
        }
        if (!hasStore)
            return CommandTexts.Text("HoldsNoStore", PlatformSetup.StoreName);
        return await IsWhole(stream, ct) ? null : CommandTexts.Text("CutOff");
    }

    /// <summary>What is wrong with a store that lies alone in its folder, or null.</summary>
    public static string? StoreFault(string store)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={store};Pooling=False;Mode=ReadWrite");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check(1)";
            if (command.ExecuteScalar() is not "ok")
                return CommandTexts.Text("StoreDamaged");
            command.CommandText = "SELECT value FROM meta WHERE name = 'epoch'";
            return command.ExecuteScalar() is long ? SqliteStore.Refused(store) : CommandTexts.Text("StoreStrange");
        }
        catch (SqliteException exception)
        {
            return CommandTexts.Text("StoreDamagedBy", exception.Message);
        }
    }

    static bool IsOurs(string name) =>
        name == PlatformSetup.StoreName
        || name.Split('/') is ["files", var ticket, var hash]
            && ticket.All(char.IsAsciiLetterOrDigit)
            && hash.All(char.IsAsciiLetterOrDigit);

    static async Task<bool> IsWhole(FileStream stream, CancellationToken ct)
    {
        if (stream.Length < End)
            return false;
        var last = new byte[End];
        stream.Position = stream.Length - End;
        await stream.ReadExactlyAsync(last, ct);
        return !last.AsSpan().ContainsAnyExcept((byte)0);
    }
}
