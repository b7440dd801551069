using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>What has had its time goes; what somebody still knows stays.</summary>
public sealed class CleanerTests : IDisposable
{
    static readonly CancellationToken ct = CancellationToken.None;

    readonly Folder folder = new();
    readonly FolderFiles files;
    readonly MemoryStore store = new();
    readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    public CleanerTests() => files = new FolderFiles(folder.File("files"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Files_go_a_day_later_once_no_document_knows_their_ticket()
    {
        var hash = await files.Put("t1", new byte[] { 1 }, ct);
        var cleaner = Cleaner();

        clock.Advance(TimeSpan.FromHours(23));
        await cleaner.Clean(ct);
        (await files.Get("t1", hash, ct)).ShouldNotBeNull("its document may be about to be written");

        clock.Advance(TimeSpan.FromHours(2));
        await cleaner.Clean(ct);
        (await files.Get("t1", hash, ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_repeat_of_an_old_orphan_is_left_for_its_new_document()
    {
        var hash = await files.Put("t1", new byte[] { 1 }, ct);
        var (old, kept) = (DateTime.UtcNow.AddHours(-25), Path.Combine(folder.File("files"), "t1"));
        File.SetLastWriteTimeUtc(Path.Combine(kept, hash), old);
        Directory.SetLastWriteTimeUtc(kept, old);

        await files.Put("t1", new byte[] { 1 }, ct);
        await Cleaner().Clean(ct);

        (await files.Get("t1", hash, ct)).ShouldNotBeNull("its document may be about to be written");
        File.GetLastWriteTimeUtc(Path.Combine(kept, hash)).ShouldBeGreaterThan(old.AddHours(1));
    }

    [Fact]
    public async Task A_folder_of_somebody_else_s_and_a_ticket_that_cannot_be_deleted_stop_no_other()
    {
        foreach (var ticket in (string[])["t1", "t2"])
            await files.Put(ticket, new byte[] { 1 }, ct);
        Directory.CreateDirectory(Path.Combine(folder.File("files"), "lost+found"));
        clock.Advance(TimeSpan.FromDays(2));

        await Cleaner(new Between(files, ticket => ticket == "t1" ? throw new UnauthorizedAccessException() : Task.CompletedTask))
            .Clean(ct);

        Directory.EnumerateDirectories(folder.File("files")).Select(Path.GetFileName).ShouldBe(["lost+found", "t1"], true);
    }

    [Fact]
    public async Task What_is_put_again_while_it_is_looked_at_stays()
    {
        var hash = await files.Put("t1", new byte[] { 1 }, ct);
        Directory.SetLastWriteTimeUtc(Path.Combine(folder.File("files"), "t1"), DateTime.UtcNow.AddDays(-2));

        await Cleaner(new Between(files, ticket => files.Put(ticket, new byte[] { 1 }, ct))).Clean(ct);

        (await files.Get("t1", hash, ct)).ShouldNotBeNull("it was said to be kept, and its document is written now");
    }

    [Fact]
    public async Task Files_stay_as_long_as_any_service_has_the_ticket()
    {
        var hash = await files.Put("t1", new byte[] { 1 }, ct);
        var ends = clock.GetUtcNow().AddDays(40);
        await store.Save(new StoredDocument("listener/t1", 1, [], null, clock.GetUtcNow(), ends), [], ct);
        var cleaner = Cleaner();

        clock.Advance(TimeSpan.FromDays(39));
        await cleaner.Clean(ct);
        (await files.Get("t1", hash, ct)).ShouldNotBeNull();

        clock.Advance(TimeSpan.FromDays(2));
        await store.Save(new StoredDocument("listener/t1", 2, [], StoredDocument.Tombstones, clock.GetUtcNow(), null), [], ct);
        await cleaner.Clean(ct);
        (await files.Get("t1", hash, ct)).ShouldBeNull("only a tombstone is left");
    }

    [Fact]
    public async Task Many_tickets_are_looked_at_some_at_a_time()
    {
        for (var ticket = 0; ticket < 450; ticket++)
            await files.Put($"t{ticket:D3}", new byte[] { 1 }, ct);
        await store.Save(new StoredDocument("speaker/t007", 1, [], null, clock.GetUtcNow(), null), [], ct);
        var cleaner = Cleaner();
        clock.Advance(TimeSpan.FromDays(2));

        foreach (var left in (int[])[251, 51, 1, 1])
        {
            await cleaner.Clean(ct);
            Directory.GetDirectories(folder.File("files")).Length.ShouldBe(left);
        }
    }

    [Fact]
    public async Task What_an_upload_left_that_a_kill_cut_off_goes_at_the_start()
    {
        await files.Put("t1", new byte[] { 1 }, ct);
        var left = Path.Combine(folder.File("files"), "t1", "bb.1-1.part");
        await File.WriteAllBytesAsync(left, new byte[1_000], ct);
        using var cleaner = Cleaner();

        await cleaner.StartAsync(ct);
        for (var wait = 0; wait < 500 && File.Exists(left); wait++)
            await Task.Delay(10, ct);

        File.Exists(left).ShouldBeFalse("no time has passed");
        await cleaner.StopAsync(ct);
    }

    FilesCleaner Cleaner(IFiles? between = null) =>
        new(store, between ?? files, new Words(), clock, NullLogger<FilesCleaner>.Instance);

    /// <summary>Does something between the look and the deletion.</summary>
    sealed class Between(IFiles files, Func<string, Task> act) : IFiles
    {
        public Task Put(string ticket, string hash, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct) =>
            files.Put(ticket, hash, pieces, ct);

        public Task<Stream?> Open(string ticket, string hash, CancellationToken ct) => files.Open(ticket, hash, ct);

        public async Task Delete(string ticket, DateTimeOffset untouchedSince, CancellationToken ct)
        {
            await act(ticket);
            await files.Delete(ticket, untouchedSince, ct);
        }

        public Task DeleteLeftOvers(DateTimeOffset before, CancellationToken ct) => files.DeleteLeftOvers(before, ct);

        public Task<IReadOnlyList<string>> Untouched(DateTimeOffset before, string? after, int limit, CancellationToken ct) =>
            files.Untouched(before, after, limit, ct);
    }
}
