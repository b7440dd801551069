using System.Security.Cryptography;

namespace GroupTicketing.Platform.Tests;

/// <summary>What every keeper of files promises: kept once, by ticket and hash, deleted with the ticket, and no address
/// leads elsewhere.</summary>
public sealed class FilesContract
{
    static readonly CancellationToken ct = CancellationToken.None;

    public static TheoryData<string> Keepers => FilesUnderTest.Names;

    public static MatrixTheoryData<string, string> BadNames =>
        new(FilesUnderTest.Names.Select(row => row.Data), ["..", "a/b", "", "a.b", "é", new string('a', 65)]);

    [Theory]
    [MemberData(nameof(Keepers))]
    public Task Bytes_come_back_under_their_hash(string keeper) => FilesUnderTest.With(keeper, async files =>
    {
        byte[] bytes = [1, 2, 3];
        var hash = await files.Put("t1", bytes, ct);

        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await files.Get("t1", hash, ct)).ShouldBe(bytes);
        (await files.Put("t1", bytes, ct)).ShouldBe(hash, "said again");
        (await files.Get("t1", hash, ct)).ShouldBe(bytes);
        (await files.Get("t2", hash, ct)).ShouldBeNull("another ticket's");
        (await files.Get("t1", new string('0', 64), ct)).ShouldBeNull("never put");
    });

    [Theory]
    [MemberData(nameof(Keepers))]
    public Task The_largest_and_the_smallest_come_back_whole(string keeper) => FilesUnderTest.With(keeper, async files =>
    {
        foreach (var bytes in (byte[][])[[], RandomNumberGenerator.GetBytes((int)IFiles.MostBytes)])
        {
            var hash = await files.Put("t1", bytes, ct);
            var kept = (await files.Get("t1", hash, ct)).ShouldNotBeNull();
            kept.AsSpan().SequenceEqual(bytes).ShouldBeTrue($"{bytes.Length} bytes");
        }
    });

    [Theory]
    [MemberData(nameof(Keepers))]
    public Task What_is_opened_to_be_sent_comes_from_its_first_byte(string keeper) => FilesUnderTest.With(keeper, async files =>
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var hash = await files.Put("t1", bytes, ct);

        await using var stream = (await files.OpenToSend("t1", hash, ct)).ShouldNotBeNull();
        using var sent = new MemoryStream();
        await stream.CopyToAsync(sent, ct);
        sent.ToArray().ShouldBe(bytes);
        (await files.OpenToSend("t1", new string('0', 64), ct)).ShouldBeNull();
    });

    [Theory]
    [MemberData(nameof(Keepers))]
    public Task The_same_bytes_from_many_at_once_come_back(string keeper) => FilesUnderTest.With(keeper, async files =>
    {
        var bytes = RandomNumberGenerator.GetBytes(600_000);

        var hashes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => files.Put("t1", bytes, ct))));

        hashes.Distinct().ShouldHaveSingleItem();
        (await files.Get("t1", hashes[0], ct)).ShouldBe(bytes);
    });

    [Theory]
    [MemberData(nameof(Keepers))]
    public Task A_ticket_is_deleted_whole(string keeper) => FilesUnderTest.With(keeper, async files =>
    {
        var one = await files.Put("t1", new byte[] { 1 }, ct);
        var two = await files.Put("t1", new byte[] { 2 }, ct);
        var other = await files.Put("t10", new byte[] { 1 }, ct);

        await files.Delete("t1", DateTimeOffset.UtcNow.AddHours(1), ct);
        await files.Delete("t1", DateTimeOffset.UtcNow.AddHours(1), ct);

        (await files.Get("t1", one, ct)).ShouldBeNull();
        (await files.Get("t1", two, ct)).ShouldBeNull();
        (await files.Get("t10", other, ct)).ShouldNotBeNull();
        (await files.Untouched(DateTimeOffset.UtcNow.AddHours(1), null, 10, ct)).ShouldBe(["t10"]);

        (await files.Put("t1", new byte[] { 1 }, ct)).ShouldBe(one);
        (await files.Get("t1", one, ct)).ShouldBe([1]);
    });

    [Theory]
    [MemberData(nameof(Keepers))]
    public Task Tickets_whose_files_rest_are_listed_in_order(string keeper) => FilesUnderTest.With(keeper, async files =>
    {
        foreach (var ticket in (string[])["t3", "T1", "t2", "t10"])
            await files.Put(ticket, new byte[] { 1 }, ct);
        await Task.Delay(50, ct);
        var between = DateTimeOffset.UtcNow;
        await Task.Delay(50, ct);
        await files.Put("t4", new byte[] { 1 }, ct);
        await files.Put("t3", new byte[] { 2 }, ct);

        (await files.Untouched(between, null, 10, ct)).ShouldBe(["T1", "t10", "t2"]);
        (await files.Untouched(between, null, 2, ct)).ShouldBe(["T1", "t10"]);
        (await files.Untouched(between, "t10", 2, ct)).ShouldBe(["t2"]);
        (await files.Untouched(between.AddDays(-1), null, 10, ct)).ShouldBeEmpty();
    });

    [Theory]
    [MemberData(nameof(Keepers))]
    public Task What_is_put_again_counts_as_written_anew(string keeper) => FilesUnderTest.With(keeper, async files =>
    {
        await files.Put("t1", new byte[] { 1 }, ct);
        await files.Put("t2", new byte[] { 1 }, ct);
        await Task.Delay(50, ct);
        var between = DateTimeOffset.UtcNow;
        await Task.Delay(50, ct);

        await files.Put("t1", new byte[] { 1 }, ct);

        (await files.Untouched(between, null, 10, ct)).ShouldBe(["t2"]);
        await files.Delete("t1", between, ct);
        await files.Delete("t2", between, ct);
        (await files.Untouched(between.AddHours(1), null, 10, ct)).ShouldBe(["t1"], "put again since it was looked");
    });

    [Theory]
    [MemberData(nameof(BadNames))]
    public Task No_address_leads_elsewhere(string keeper, string name) => FilesUnderTest.With(keeper, async files =>
    {
        await Should.ThrowAsync<ArgumentException>(() => files.Put(name, new byte[] { 1 }, ct));
        await Should.ThrowAsync<ArgumentException>(() => files.Get(name, "abc", ct));
        await Should.ThrowAsync<ArgumentException>(() => files.Get("t1", name, ct));
        await Should.ThrowAsync<ArgumentException>(() => files.Delete(name, DateTimeOffset.UtcNow, ct));
    });
}
