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
