using GroupTicketing.Platform;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary><c>backup</c> and <c>restore</c>: what was kept comes back, under a higher epoch, and nothing is written over.</summary>
public sealed class BackupTests : IDisposable
{
    static readonly CancellationToken ct = CancellationToken.None;

    readonly string folder = System.IO.Directory.CreateTempSubdirectory("groupticketing-").FullName;

    string Data => Path.Combine(folder, "data");

    string Archive => Path.Combine(folder, "backup");

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_backup_made_while_the_store_is_open_comes_back_with_its_files()
    {
        string hash;
        await using (var store = new SqliteStore(House.StoreFile(Data)))
        {
            hash = await new FolderFiles(House.FilesFolder(Data)).Put("t1", new byte[] { 1, 2 }, ct);
            await store.Save(new StoredDocument("routing/t1", 1, [123, 125], null, DateTimeOffset.UnixEpoch, null), [], ct);
            (await Run("backup", Archive, "--data", Data)).Exit.ShouldBe(0);
            await store.Save(new StoredDocument("routing/t2", 1, [123, 125], null, DateTimeOffset.UnixEpoch, null), [], ct);
        }
        var back = Path.Combine(folder, "back");

        var (exit, said) = await Run("restore", Archive, "--data", back);

        exit.ShouldBe(0, said);
        said.ShouldContain("epoch 2");
        await using var restored = new SqliteStore(House.StoreFile(back));
        restored.Epoch.ShouldBe(2);
        (await restored.Load("routing/t1", ct)).ShouldNotBeNull();
        (await restored.Load("routing/t2", ct)).ShouldBeNull("it came after the backup");
        (await new FolderFiles(House.FilesFolder(back)).Get("t1", hash, ct)).ShouldBe([1, 2]);
        System.IO.Directory.GetFiles(folder).ShouldBe([Archive], "nothing half-made is left");
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        (await Run("keys", "new", "lyon", "--data", Data)).Exit.ShouldBe(0);
        (await Run("backup", Archive, "--data", Data)).Exit.ShouldBe(0);

        Said(await Run("backup", Archive, "--data", Data)).ShouldContain("is there already");
        Said(await Run("restore", Archive, "--data", Data)).ShouldContain("is not empty");
        Said(await Run("backup", Archive + "2", "--data", Path.Combine(folder, "none"))).ShouldContain("holds no store");
        Said(await Run("restore", Archive + "3", "--data", Path.Combine(folder, "none"))).ShouldContain("is not there");
    }

    [Fact]
    public async Task A_file_that_is_no_backup_is_refused()
    {
        await File.WriteAllTextAsync(Archive, "no archive");

        Said(await Run("restore", Archive, "--data", Data)).ShouldContain("error:");
    }

    static string Said((int Exit, string Said) answer)
    {
        answer.Exit.ShouldBe(1, answer.Said);
        return answer.Said;
    }
}
