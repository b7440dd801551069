using Microsoft.Data.Sqlite;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>What only the embedded store has: a file, a group of writes that fails, a newer release's schema.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_written_is_there_when_it_is_opened_again()
    {
        await using (var store = Open())
            await store.Save(Doc("service/a", 1, "kept"), [Pending("service/a", "lane")], Ct);

        await using var again = Open();
        Text((await again.Load("service/a", Ct))!.Body).ShouldBe("kept");
        (await again.AllPending(null, 10, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_write_that_cannot_be_made_fails_alone()
    {
        await using var store = Open();
        List<Task<bool>> good;
        Task<bool> bad;
        // While another holds the file, all that comes waits behind the first.
        using (var other = new SqliteConnection($"Data Source={folder.File("store.db")};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            var first = Task.Run(() => store.Save(Doc("service/first", 1), [], Ct));
            await Task.Delay(100, Ct);
            good = [first, .. Enumerable.Range(0, 50).Select(n => store.Save(Doc($"service/{n}", 1), [], Ct))];
            bad = store.Save(Doc("service/bad", 1), [Pending("service/bad", "lane"), Pending("service/bad", "lane")], Ct);
            good.AddRange(Enumerable.Range(50, 50).Select(n => store.Save(Doc($"service/{n}", 1), [], Ct)));
            good.ShouldAllBe(write => !write.IsCompleted);
            transaction.Rollback();
        }

        await Should.ThrowAsync<StoreUnavailableException>(() => bad);

        (await Task.WhenAll(good)).ShouldAllBe(written => written);
        (await store.Load("service/bad", Ct)).ShouldBeNull();
        (await store.List("service", null, null, 200, Ct)).Count.ShouldBe(101);
    }

    [Fact]
    public async Task Who_writes_alone_has_his_answer_at_once()
    {
        await using var store = Open();

        var written = store.Save(Doc("service/a", 1), [], Ct);

        written.IsCompleted.ShouldBeTrue("no other thread was needed");
        (await written).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_of_a_newer_release_is_refused()
    {
        await Open().DisposeAsync();
        Execute("UPDATE meta SET value = 99 WHERE name = 'schema'");

        Should.Throw<StoreUnavailableException>(Open).Message.ShouldContain("newer release");
    }

    [Fact]
    public async Task One_backup_put_back_twice_has_two_epochs()
    {
        await Open().DisposeAsync();
        File.Copy(folder.File("store.db"), folder.File("backup.db"));
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000);

        var first = SqliteStore.RaiseEpoch(folder.File("store.db"), now);
        var second = SqliteStore.RaiseEpoch(folder.File("backup.db"), now.AddMinutes(1));

        second.ShouldBeGreaterThan(first);
        SqliteStore
            .RaiseEpoch(folder.File("backup.db"), now.AddDays(-1))
            .ShouldBe(second + 1, "also with a clock that went back");
    }

    [Fact]
    public async Task A_raised_epoch_is_read()
    {
        await Open().DisposeAsync();
        Execute("UPDATE meta SET value = 2 WHERE name = 'epoch'");

        await using var store = Open();
        store.Epoch.ShouldBe(2);
    }

    [Fact]
    public void What_is_no_store_is_said_to_be_unavailable()
    {
        File.WriteAllText(folder.File("store.db"), new string('x', 8192));

        Should.Throw<StoreUnavailableException>(Open);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_unavailable()
    {
        await using var store = Open();
        await store.Save(Doc("service/a", 1), [], Ct);
        Directory.Move(folder.Path, folder.Path + "-away");
        try
        {
            await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Load("service/a", Ct));
        }
        finally
        {
            Directory.Move(folder.Path + "-away", folder.Path);
        }
    }

    [Fact]
    public async Task A_closed_store_takes_nothing_more()
    {
        var store = Open();
        await store.DisposeAsync();

        await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("service/a", 1), [], Ct));
    }

    SqliteStore Open() => new(folder.File("store.db"));

    void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("store.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
