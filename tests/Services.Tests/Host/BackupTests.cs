using System.Formats.Tar;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary><c>backup</c> and <c>restore</c>: what was kept comes back, under a higher epoch, and nothing is written
/// over.</summary>
public sealed class BackupTests : IDisposable
{
    static readonly CancellationToken ct = CancellationToken.None;

    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;

    string Data => Path.Combine(folder, "data");

    string Archive => Path.Combine(folder, "backup");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_backup_made_while_the_store_is_open_comes_back_with_its_files()
    {
        string hash;
        await using (var store = new SqliteStore(PlatformSetup.StoreFile(Data)))
        {
            hash = await new FolderFiles(PlatformSetup.FilesFolder(Data)).Put("t1", new byte[] { 1, 2 }, ct);
            await store.Save(new StoredDocument("routing/t1", 1, [123, 125], null, DateTimeOffset.UnixEpoch, null), [], ct);
            (await Run("backup", Archive, "--data", Data)).Exit.ShouldBe(0);
            await store.Save(new StoredDocument("routing/t2", 1, [123, 125], null, DateTimeOffset.UnixEpoch, null), [], ct);
        }
        var back = Path.Combine(folder, "back");

        var (exit, said) = await Run("restore", Archive, "--data", back);

        exit.ShouldBe(0, said);
        await using var restored = new SqliteStore(PlatformSetup.StoreFile(back));
        restored.Epoch.ShouldBeGreaterThan(1);
        said.ShouldContain($"epoch {restored.Epoch}");
        (await restored.Load("routing/t1", ct)).ShouldNotBeNull();
        (await restored.Load("routing/t2", ct)).ShouldBeNull("it came after the backup");
        (await new FolderFiles(PlatformSetup.FilesFolder(back)).Get("t1", hash, ct)).ShouldBe([1, 2]);
        Directory.GetFiles(folder).ShouldBe([Archive], "nothing half-made is left");
    }

    [Fact]
    public async Task A_backup_waits_while_somebody_holds_the_store_alone()
    {
        await Given();
        Task<(int Exit, string Said)> backup;
        using (var alone = new SqliteConnection($"Data Source={PlatformSetup.StoreFile(Data)};Pooling=False"))
        {
            alone.Open();
            using var command = alone.CreateCommand();
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE alone (one)";
            command.ExecuteNonQuery();
            backup = Task.Run(() => Run("backup", Archive, "--data", Data), ct);
            (await Task.WhenAny(backup, Task.Delay(TimeSpan.FromMilliseconds(700), ct))).ShouldNotBe(backup);
        }

        var (exit, said) = await backup;

        exit.ShouldBe(0, said);
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        await Given();
        (await Run("backup", Archive, "--data", Data)).Exit.ShouldBe(0);

        Said(await Run("backup", Archive, "--data", Data)).ShouldContain("is there already");
        Said(await Run("restore", Archive, "--data", Data)).ShouldContain("is not empty");
        Said(await Run("backup", Archive + "2", "--data", Path.Combine(folder, "none"))).ShouldContain("holds no store");
        Said(await Run("restore", Archive + "3", "--data", Path.Combine(folder, "none"))).ShouldContain("is not there");
    }

    [Theory]
    [InlineData("no tar")]
    [InlineData("cut in the store")]
    [InlineData("cut in a file")]
    [InlineData("cut between two files")]
    [InlineData("a broken store")]
    [InlineData("another's store")]
    [InlineData("a changed file")]
    [InlineData("no store")]
    [InlineData("a stranger's file")]
    public async Task A_damaged_archive_is_named_and_nothing_is_left_behind(string damage)
    {
        await Given();
        (await Run("backup", Archive, "--data", Data)).Exit.ShouldBe(0);
        await Damage(damage);
        var (gone, empty) = (
            Path.Combine(folder, "gone"),
            Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName
        );

        foreach (var back in (string[])[gone, empty])
        {
            var said = Said(await Run("restore", Archive, "--data", back));

            said.ShouldStartWith($"error: {Archive}: ");
            said.ShouldContain("Nothing was put back: copy it here again, or take an older backup");
        }
        Directory.Exists(gone).ShouldBeFalse("it was not there");
        Directory.EnumerateFileSystemEntries(empty).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restore_that_was_killed_is_begun_anew()
    {
        await Given();
        (await Run("backup", Archive, "--data", Data)).Exit.ShouldBe(0);
        var back = Path.Combine(folder, "back");
        Directory.CreateDirectory(Path.Combine(back, ".restoring", "files"));
        await File.WriteAllTextAsync(Path.Combine(back, ".restoring", PlatformSetup.StoreName), "half", ct);

        (await Run("restore", Archive, "--data", back)).Exit.ShouldBe(0);

        Directory.EnumerateFileSystemEntries(back)
            .Select(Path.GetFileName)
            .Order()
            .ShouldBe(["files", PlatformSetup.StoreName]);
    }

    [Theory]
    [InlineData("the store", "damaged")]
    [InlineData("a file", "its bytes are not those that were kept under that name")]
    public async Task A_backup_of_what_is_damaged_is_not_made(string damaged, string why)
    {
        await Given();
        if (damaged == "a file")
            await File.WriteAllBytesAsync(
                Directory.GetFiles(PlatformSetup.FilesFolder(Data), "*", SearchOption.AllDirectories)[0],
                [9],
                ct
            );
        else
            await Overwrite(PlatformSetup.StoreFile(Data));

        Said(await Run("backup", Archive, "--data", Data)).ShouldContain(why);

        Directory.GetFiles(folder).ShouldBeEmpty("neither the archive nor a part of it");
    }

    // Two files and a store of several pages.
    async Task Given()
    {
        await using var store = new SqliteStore(PlatformSetup.StoreFile(Data));
        for (byte kept = 1; kept <= 2; kept++)
            await new FolderFiles(PlatformSetup.FilesFolder(Data)).Put($"t{kept}", Enumerable.Repeat(kept, 2000).ToArray(), ct);
        foreach (var ticket in Enumerable.Range(1, 100))
            await store.Save(
                new StoredDocument($"routing/t{ticket}", 1, new byte[2000], null, DateTimeOffset.UnixEpoch, null),
                [],
                ct
            );
    }

    async Task Damage(string how)
    {
        var open = Path.Combine(folder, "open");
        await TarFile.ExtractToDirectoryAsync(
            Archive,
            Directory.CreateDirectory(open).FullName,
            overwriteFiles: false,
            ct
        );
        var (store, file) = (
            PlatformSetup.StoreFile(open),
            Directory.GetFiles(PlatformSetup.FilesFolder(open), "*", SearchOption.AllDirectories)[0]
        );
        var length = new FileInfo(Archive).Length;
        switch (how)
        {
            case "no tar":
                await File.WriteAllTextAsync(Archive, "no archive", ct);
                return;
            case "cut in the store":
                Cut(20_000);
                return;
            case "cut in a file":
                Cut(length - 1024 - 1500);
                return;
            case "cut between two files":
                Cut(length - 1024);
                return;
            case "a broken store":
                await Overwrite(store);
                break;
            case "another's store":
                await File.WriteAllBytesAsync(store, [], ct);
                break;
            case "a changed file":
                await File.WriteAllBytesAsync(file, [9], ct);
                break;
            case "no store":
                File.Delete(store);
                break;
            default:
                await File.WriteAllTextAsync(Path.Combine(open, "letter.txt"), how, ct);
                break;
        }
        File.Delete(Archive);
        await TarFile.CreateFromDirectoryAsync(open, Archive, includeBaseDirectory: false, ct);
    }

    void Cut(long length)
    {
        using var stream = File.OpenWrite(Archive);
        stream.SetLength(length);
    }

    // Pages of documents alone: what a start reads is whole.
    static async Task Overwrite(string store)
    {
        await using var stream = File.OpenWrite(store);
        stream.Position = stream.Length / 4 * 3;
        await stream.WriteAsync(Enumerable.Repeat((byte)0x5A, (int)stream.Length / 8).ToArray(), ct);
    }

    static string Said((int Exit, string Said) answer)
    {
        answer.Exit.ShouldBe(1, answer.Said);
        return answer.Said;
    }
}
