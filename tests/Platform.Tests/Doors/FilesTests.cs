using System.Security.Cryptography;

namespace GroupTicketing.Platform.Tests;

/// <summary>What only the files in a folder have: one file each, its times, a folder that cannot be written.</summary>
public sealed class FilesTests : IDisposable
{
    static readonly CancellationToken ct = CancellationToken.None;

    readonly Folder folder = new();
    readonly FolderFiles files;

    public FilesTests() => files = new FolderFiles(folder.File("files"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_same_bytes_from_many_at_once_are_one_file()
    {
        var bytes = RandomNumberGenerator.GetBytes(1_000_000);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => files.Put("t1", bytes, ct)));

        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Tickets_whose_files_rest_are_listed_in_order()
    {
        foreach (var ticket in (string[])["t3", "t1", "t2", "t4"])
            await files.Put(ticket, new byte[] { 1 }, ct);
        var later = DateTimeOffset.UtcNow.AddMinutes(1);
        Directory.SetLastWriteTimeUtc(folder.File("files/t4"), later.UtcDateTime);

        (await files.Untouched(later, null, 10, ct)).ShouldBe(["t1", "t2", "t3"]);
        (await files.Untouched(later, null, 2, ct)).ShouldBe(["t1", "t2"]);
        (await files.Untouched(later, "t2", 2, ct)).ShouldBe(["t3"]);
        (await new FolderFiles(folder.File("none")).Untouched(later, null, 10, ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_put_while_its_folder_is_being_deleted_is_kept()
    {
        var path = Directory.CreateDirectory(folder.File("files/t1")).FullName;
        foreach (var old in Enumerable.Range(0, 10_000))
            File.WriteAllBytes(Path.Combine(path, $"{old}"), []);
        var rested = DateTime.UtcNow.AddDays(-3);
        Directory.SetLastWriteTimeUtc(path, rested);
        var deleted = Task.Run(() => files.Delete("t1", DateTimeOffset.UtcNow.AddDays(-1), ct), ct);
        while (Directory.GetLastWriteTimeUtc(path) == rested)
            await Task.Yield();

        var hash = await files.Put("t1", new byte[] { 1 }, ct);

        await deleted;
        (await files.Get("t1", hash, ct)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_and_a_disk_that_is_full_leave_nothing()
    {
        using var gone = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => files.Put("t1", "aa", Cut(gone.Cancel), gone.Token));
        await Should.ThrowAsync<StoreUnavailableException>(() =>
            files.Put("t1", "aa", Cut(() => throw new IOException("No space left on device")), ct)
        );

        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();

        static IEnumerable<ReadOnlyMemory<byte>> Cut(Action cut)
        {
            yield return new byte[400_000];
            cut();
            yield return new byte[400_000];
        }
    }

    [Fact]
    public async Task What_a_killed_process_left_goes_and_what_is_being_written_stays()
    {
        var hash = await files.Put("t1", new byte[] { 1 }, ct);
        // In a container every process has the number 1.
        var left = folder.File($"files/t1/bb.{Environment.ProcessId}-99.part");
        await File.WriteAllBytesAsync(left, new byte[1_000], ct);

        await files.Put("t1", "cc", Meanwhile(() => files.DeleteLeftOvers(DateTimeOffset.UtcNow.AddMinutes(-30), ct)), ct);

        File.Exists(left).ShouldBeFalse("however young it is: this folder has one owner");
        (await files.Get("t1", hash, ct)).ShouldNotBeNull();
        (await files.Get("t1", "cc", ct)).ShouldBe([1, 2]);

        static IEnumerable<ReadOnlyMemory<byte>> Meanwhile(Func<Task> act)
        {
            yield return new byte[] { 1 };
            act().IsCompletedSuccessfully.ShouldBeTrue();
            yield return new byte[] { 2 };
        }
    }

    [Fact]
    public async Task Where_nothing_can_be_written_the_store_is_unavailable()
    {
        await File.WriteAllTextAsync(folder.File("files"), "not a folder");

        await Should.ThrowAsync<StoreUnavailableException>(() => files.Put("t1", new byte[] { 1 }, ct));
    }
}
