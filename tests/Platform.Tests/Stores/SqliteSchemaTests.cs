using Microsoft.Data.Sqlite;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>The embedded store's tables: what the sweep, the gauges and <c>status</c> look at, and the form of earlier
/// releases.</summary>
public sealed class SqliteSchemaTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Counted in SQLite's own steps: they are the same on any machine.</summary>
    [Fact]
    public async Task What_is_looked_at_for_a_sweep_does_not_grow_with_the_reminders()
    {
        await using var store = Open();
        await Save(store, 0, 1_000);
        var few = (Due: Steps(SqliteSchema.DueTargets, 10_000), Owed: Steps(SqliteSchema.OwedByTarget, 0));

        await Save(store, 1_000, 20_000);

        Steps(SqliteSchema.DueTargets, 10_000).ShouldBeLessThanOrEqualTo(few.Due + 20);
        Steps(SqliteSchema.OwedByTarget, 0).ShouldBeLessThanOrEqualTo(few.Owed + 20);
        (await store.DueTargets(Noon, Ct)).Order().ShouldBe(["bus", "itop"]);
        (await store.OwedByTarget(Ct)).Select(one => one.Target).Order().ShouldBe(["bus", "itop"]);
    }

    [Fact]
    public async Task A_store_of_schema_1_is_read_with_its_errors()
    {
        Execute(
            """
            CREATE TABLE owed (key TEXT NOT NULL, lane TEXT NOT NULL, target TEXT NOT NULL, due INTEGER, since INTEGER NOT NULL,
                count INTEGER NOT NULL, PRIMARY KEY (key, lane)) WITHOUT ROWID;
            CREATE TABLE owed_errors (key TEXT NOT NULL, lane TEXT NOT NULL, error TEXT NOT NULL, PRIMARY KEY (key, lane))
                WITHOUT ROWID;
            CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            INSERT INTO meta VALUES ('epoch', 3), ('schema', 1);
            INSERT INTO owed VALUES ('room/a', 'itop', 'itop', NULL, 5, 2), ('room/a', 'bus', 'bus', 7, 6, 1);
            INSERT INTO owed_errors VALUES ('room/a', 'itop', 'unknown caller');
            """
        );

        await using (var store = Open())
        {
            store.Epoch.ShouldBe(3);
            (await store.AllOwed(null, 10, Ct))
                .Select(owed => (owed.Lane, owed.Error, owed.Cause))
                .ShouldBe([("itop", "unknown caller", null), ("bus", null, null)]);
            (
                await store.Save(Doc("room/b", 1), [Owes("room/b", "x") with { Error = "gone", Cause = Cause.Gone }], Ct)
            ).ShouldBeTrue();
        }

        await using var again = Open();
        (await again.ListOwed(new OwedQuery(Cause: Cause.Gone), 10, Ct)).ShouldHaveSingleItem().Key.ShouldBe("room/b");
        SqliteStore.Refused(folder.File("store.db")).ShouldBeNull();
    }

    // One live ticket in three has something else to do, too, and all have a reminder.
    static async Task Save(SqliteStore store, int from, int to)
    {
        var writes = Enumerable.Range(from, to - from).Select(n => new DocumentWrite(Doc($"room/{n}", 1), Owed(n), [], []));
        (await store.SaveTogether([.. writes], Ct)).ShouldBeTrue();

        static IReadOnlyList<Owed> Owed(int n)
        {
            var reminder = Owes($"room/{n}", "timer", Debts.Clock, due: 86_400);
            return n < 3 ? [reminder, Owes($"room/{n}", "x", n == 0 ? "bus" : "itop")] : [reminder];
        }
    }

    // How many of SQLite's instructions a statement takes, to ten.
    int Steps(string sql, long value)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("store.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("?1", Noon.ToUnixTimeMilliseconds() + value);
        var steps = 0;
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, 10, _ => { steps++; return 0; }, null);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            rows.GetString(0).ShouldNotBeEmpty();
        return steps * 10;
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
