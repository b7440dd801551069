using Microsoft.Data.Sqlite;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>A write is answered only if it lies where it is read from after a restart: in the file that was opened, in
/// the folder that was meant.</summary>
public sealed class MeantDiskTests : IDisposable
{
    static readonly DateTimeOffset now = DateTimeOffset.UtcNow;

    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("removed", "is gone")]
    [InlineData("replaced", "was replaced")]
    [InlineData("cut", "was cut")]
    [InlineData("without its log", "is gone")]
    public async Task A_file_that_is_not_the_one_that_was_opened_takes_nothing(string how, string why)
    {
        await using var store = Open();
        (await store.Save(Doc("service/a", 1), [], Ct)).ShouldBeTrue();
        store.Fault().ShouldBeNull();

        Harm(how);

        store.Fault().ShouldNotBeNull().ShouldContain(why);
        (await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("service/b", 1), [], Ct))).Message.ShouldContain(
            why
        );
        await Should.ThrowAsync<StoreUnavailableException>(() => store.PutSide("keys", "k", Bytes("x"), null, Ct));
    }

    [Fact]
    public async Task However_many_look_at_once_the_right_file_is_never_taken_for_another()
    {
        await using var store = Open();
        await store.Save(Doc("service/a", 1), [], Ct);

        var faults = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                        Enumerable.Range(0, 5_000).Select(_ => store.Fault()).FirstOrDefault(fault => fault is not null)
                    )
                )
        );

        faults.ShouldAllBe(fault => fault == null);
    }

    [Fact]
    public async Task An_older_copy_over_it_is_seen_by_its_size()
    {
        await using var store = Open();
        await store.Save(Doc("service/a", 1), [], Ct);
        var older = File.ReadAllBytes(folder.File("store.db"));
        for (var grown = 0; grown < 20; grown++)
            await store.PutSide("keys", $"{grown}", new byte[1_000_000], null, Ct);
        store.Fault().ShouldBeNull();

        File.WriteAllBytes(folder.File("store.db"), older);

        store.Fault().ShouldNotBeNull().ShouldContain("was cut");
    }

    [Fact]
    public async Task A_folder_that_leads_elsewhere_is_seen_and_not_read()
    {
        Directory.CreateDirectory(folder.File("a"));
        Directory.CreateDirectory(folder.File("b"));
        await using (var other = new SqliteStore(Path.Combine(folder.File("b"), "store.db")))
            await other.Save(Doc("service/b", 1), [], Ct);
        File.WriteAllBytes(Path.Combine(folder.File("b"), "store.db-wal"), []);
        Directory.CreateSymbolicLink(folder.File("data"), folder.File("a"));
        await using var store = new SqliteStore(Path.Combine(folder.File("data"), "store.db"));
        await store.Save(Doc("service/a", 1), [], Ct);
        store.Fault().ShouldBeNull();

        Directory.Delete(folder.File("data"));
        Directory.CreateSymbolicLink(folder.File("data"), folder.File("b"));

        store.Fault().ShouldNotBeNull().ShouldContain("was replaced");
        (await store.Load("service/b", Ct)).ShouldBeNull("that is another store's");
        await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("service/c", 1), [], Ct));
    }

    [Fact]
    public async Task Who_asks_whether_it_is_the_right_one_does_not_wait_for_a_write()
    {
        await using var store = Open();
        await store.Save(Doc("service/a", 1), [], Ct);
        Task<bool> waiting;
        await using (var other = SqliteSchema.Open(folder.File("store.db")))
        {
            using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
            waiting = Task.Run(() => store.Save(Doc("service/b", 1), [], Ct), Ct);
            await Task.Delay(200, Ct);

            (await Task.Run(store.Fault, Ct).WaitAsync(TimeSpan.FromSeconds(2), Ct)).ShouldBeNull();
            waiting.IsCompleted.ShouldBeFalse();
        }
        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_reads_makes_no_store()
    {
        await using var store = Open();
        foreach (var file in Directory.GetFiles(folder.Path, "store.db*"))
            File.Delete(file);

        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Load("service/a", Ct));

        Directory.GetFiles(folder.Path, "store.db*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4_096)]
    public void A_file_without_a_store_is_none(int bytes)
    {
        Directory.CreateDirectory(folder.File("data"));
        using (var connection = SqliteSchema.Open(PlatformSetup.StoreFile(folder.File("data"))))
        {
            using var vacuum = connection.CreateCommand();
            vacuum.CommandText = "CREATE TABLE t (x); DROP TABLE t; PRAGMA wal_checkpoint(TRUNCATE)";
            vacuum.ExecuteNonQuery();
        }
        if (bytes == 0)
            File.WriteAllBytes(PlatformSetup.StoreFile(folder.File("data")), []);
        new FileInfo(PlatformSetup.StoreFile(folder.File("data"))).Length.ShouldBeGreaterThanOrEqualTo(bytes);

        Refused(first: false).ShouldContain("there is no store");

        DataFolder.Take(folder.File("data"), first: true, now).Dispose();
    }

    [Fact]
    public async Task A_lock_that_somebody_tidied_away_still_holds()
    {
        await new SqliteStore(PlatformSetup.StoreFile(folder.File("data"))).DisposeAsync();
        using var held = DataFolder.Take(folder.File("data"), first: false, now);

        File.Delete(Path.Combine(folder.File("data"), "groupticketing.lock"));

        Refused(first: false).ShouldContain("is held by process");
    }

    [Fact]
    public async Task A_folder_that_is_away_is_not_made_again()
    {
        var files = new FolderFiles(Path.Combine(folder.File("data"), "files"));

        await Should.ThrowAsync<StoreUnavailableException>(() => files.Put("t1", new byte[] { 1 }, Ct));
        Should.Throw<IOException>(() => new MappedFile(Path.Combine(folder.File("data"), "incoming")));

        Directory.Exists(folder.File("data")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_put_back_is_taken_again()
    {
        await using var store = Open();
        await store.Save(Doc("service/a", 1), [], Ct);
        Directory.Move(folder.Path, folder.Path + "-away");
        await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("service/b", 1), [], Ct));

        Directory.Move(folder.Path + "-away", folder.Path);

        store.Fault().ShouldBeNull();
        (await store.Save(Doc("service/b", 1), [], Ct)).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_without_a_store_is_refused_unless_it_is_said_to_be_the_first_start()
    {
        Refused(first: false).ShouldContain("run --first");
        Directory.Exists(folder.File("data")).ShouldBeFalse("nothing was made");

        DataFolder.Take(folder.File("data"), first: true, now).Dispose();

        Directory.Exists(folder.File("data")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_with_a_store_is_no_first_start()
    {
        await new SqliteStore(PlatformSetup.StoreFile(folder.File("data"))).DisposeAsync();

        Refused(first: true).ShouldContain("without --first");
        DataFolder.Take(folder.File("data"), first: false, now).Dispose();
    }

    [Fact]
    public async Task What_an_installer_lays_there_allows_one_start_and_one_that_made_no_store_is_none()
    {
        Directory.CreateDirectory(folder.File("data"));
        File.WriteAllText(Path.Combine(folder.File("data"), DataFolder.FirstName), "");

        DataFolder.Take(folder.File("data"), first: false, now).Dispose();
        using (var held = DataFolder.Take(folder.File("data"), first: false, now))
        {
            await new SqliteStore(PlatformSetup.StoreFile(folder.File("data"))).DisposeAsync();
            held.HasBegun();
        }
        File.Delete(PlatformSetup.StoreFile(folder.File("data")));

        Refused(first: false).ShouldContain("holds no store");
    }

    [Fact]
    public void A_fault_of_the_folder_is_no_other_process_even_where_one_held_it_once()
    {
        var data = Directory.CreateDirectory(folder.File("data")).FullName;
        File.WriteAllText(Path.Combine(data, "groupticketing.pid"), "4711 on old");
        File.CreateSymbolicLink(Path.Combine(data, "groupticketing.lock"), folder.File("nowhere/lock"));

        Refused(first: true).ShouldNotContain("4711");
    }

    [Fact]
    public void A_second_process_is_told_who_holds_it()
    {
        using var held = DataFolder.Take(folder.File("data"), first: true, now);

        Refused(first: true).ShouldContain($"process {Environment.ProcessId} on {Environment.MachineName}");
        held.Dispose();
        DataFolder.Take(folder.File("data"), first: true, now).Dispose();
    }

    string Refused(bool first) =>
        Should.Throw<StoreUnavailableException>(() => DataFolder.Take(folder.File("data"), first, now)).Message;

    void Harm(string how)
    {
        var file = folder.File("store.db");
        switch (how)
        {
            case "removed":
                File.Delete(file);
                break;
            case "replaced":
                File.Move(file, file + ".old");
                File.Copy(file + ".old", file);
                break;
            case "cut":
                using (var cut = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    cut.SetLength(100);
                break;
            default:
                File.Delete(file + "-wal");
                break;
        }
    }

    SqliteStore Open()
    {
        using (var made = new SqliteConnection($"Data Source={folder.File("store.db")};Pooling=False"))
        {
            made.Open();
            using var command = made.CreateCommand();
            command.CommandText = "CREATE TABLE before (x)";
            command.ExecuteNonQuery();
        }
        return new SqliteStore(folder.File("store.db"));
    }
}
