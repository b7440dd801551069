using System.Security.Cryptography;

namespace GroupTicketing.Platform.Tests;

/// <summary>The bytes of attachments: kept once, by ticket and hash, and no address leads out of their folder.</summary>
public sealed class FilesTests : IDisposable
{
    static readonly CancellationToken ct = CancellationToken.None;

    readonly Folder folder = new();
    readonly FolderFiles files;

    public FilesTests() => files = new FolderFiles(folder.File("files"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Bytes_come_back_under_their_hash()
    {
        byte[] bytes = [1, 2, 3];
        var hash = await files.Put("t1", bytes, ct);

        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await files.Get("t1", hash, ct)).ShouldBe(bytes);
        (await files.Put("t1", bytes, ct)).ShouldBe(hash);
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Length.ShouldBe(1);
        (await files.Get("t2", hash, ct)).ShouldBeNull("another ticket's");
    }

    [Fact]
    public async Task The_same_bytes_from_many_at_once_are_kept_once()
    {
        var bytes = RandomNumberGenerator.GetBytes(1_000_000);

        var hashes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => files.Put("t1", bytes, ct)));

        hashes.Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await files.Get("t1", hashes[0], ct)).ShouldBe(bytes);
    }

    [Fact]
    public async Task A_ticket_is_deleted_whole()
    {
        var hash = await files.Put("t1", new byte[] { 1 }, ct);
        var other = await files.Put("t2", new byte[] { 1 }, ct);

        await files.Delete("t1", ct);
        await files.Delete("t1", ct);

        (await files.Get("t1", hash, ct)).ShouldBeNull();
        (await files.Get("t2", other, ct)).ShouldNotBeNull();
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

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("é")]
    public async Task No_address_leads_elsewhere(string name)
    {
        await Should.ThrowAsync<ArgumentException>(() => files.Put(name, new byte[] { 1 }, ct));
        await Should.ThrowAsync<ArgumentException>(() => files.Get(name, "abc", ct));
        await Should.ThrowAsync<ArgumentException>(() => files.Get("t1", name, ct));
        await Should.ThrowAsync<ArgumentException>(() => files.Delete(name, ct));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_the_store_is_unavailable()
    {
        await File.WriteAllTextAsync(folder.File("files"), "not a folder");

        await Should.ThrowAsync<StoreUnavailableException>(() => files.Put("t1", new byte[] { 1 }, ct));
    }
}
