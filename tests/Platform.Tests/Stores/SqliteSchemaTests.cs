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
        var few = (Due: Steps(SqliteSchema.DueTargets, 10_000), Pending: Steps(SqliteSchema.PendingByTarget, 0));

        await Save(store, 1_000, 20_000);

        Steps(SqliteSchema.DueTargets, 10_000).ShouldBeLessThanOrEqualTo(few.Due + 20);
        Steps(SqliteSchema.PendingByTarget, 0).ShouldBeLessThanOrEqualTo(few.Pending + 20);
        (await store.DueTargets(Noon, Ct)).Order().ShouldBe(["bus", "itop"]);
        (await store.PendingByTarget(Ct)).Select(one => one.Target).Order().ShouldBe(["bus", "itop"]);
    }

    [Fact]
    public async Task A_store_of_schema_1_is_read_with_its_errors()
    {
        Execute(
            First
                + """
                INSERT INTO owed VALUES ('service/a', 'itop', 'itop', NULL, 5, 2), ('service/a', 'bus', 'bus', 7, 6, 1);
                INSERT INTO owed_errors VALUES ('service/a', 'itop', 'unknown caller');
                """
        );

        await using (var store = Open())
        {
            store.Epoch.ShouldBe(3);
            (await store.AllPending(null, 10, Ct))
                .Select(pending => (pending.Lane, pending.Error, pending.Cause))
                .ShouldBe([("itop", "unknown caller", null), ("bus", null, null)]);
            (
                await store.Save(Doc("service/b", 1), [Pending("service/b", "x") with { Error = "gone", Cause = Cause.Gone }], Ct)
            ).ShouldBeTrue();
        }

        await using var again = Open();
        (await again.ListPending(new PendingQuery(Cause: Cause.Gone), 10, Ct)).ShouldHaveSingleItem().Key.ShouldBe("service/b");
        SqliteStore.Refused(folder.File("store.db")).ShouldBeNull();
    }

    [Fact]
    public async Task What_bore_a_former_name_in_a_store_of_schema_1_bears_todays()
    {
        Execute(
            First
                + """
                INSERT INTO documents VALUES
                    ('console/t1', 'console', 4, CAST('{}' AS BLOB), 'lyon', 1, NULL),
                    ('itop/t1', 'itop', 1, CAST('{}' AS BLOB), NULL, 2, NULL);
                INSERT INTO owed VALUES
                    ('console/t1', 'console-routing', 'bus', 7, 6, 1),
                    ('routing/t1', 'missing:console-routing', 'bus', 8, 6, 1),
                    ('routing/t1', 'routing-console', 'bus', 9, 6, 1),
                    ('routing/t1', 'routing-itop', 'bus', 10, 6, 1);
                INSERT INTO sides VALUES
                    ('said', 'console/t1|console-routing|0000000001', CAST('{}' AS BLOB), NULL),
                    ('said', 'itop/t1|itop-routing|0000000001', CAST('{}' AS BLOB), NULL),
                    ('texts', 'console/t1|ab12', CAST('x' AS BLOB), NULL),
                    ('waiting', 'routing/t1|console-routing|000001|0000000003',
                        CAST('{"stream":"console-routing","place":{"number":3},"body":"console"}' AS BLOB), NULL),
                    ('waiting', 'console/t1|routing-console|000001|0000000003',
                        CAST('{"stream":"routing-console","place":{"number":3}}' AS BLOB), NULL);
                """
        );

        await using var store = Open();

        (await store.Load("portal/t1", Ct)).ShouldNotBeNull().Version.ShouldBe(4);
        (await store.Load("console/t1", Ct)).ShouldBeNull();
        (await store.List("portal", "lyon", null, 10, Ct)).ShouldHaveSingleItem().Key.ShouldBe("portal/t1");
        (await store.Load("itop/t1", Ct)).ShouldNotBeNull();
        (await store.AllPending(null, 10, Ct))
            .Select(pending => (pending.Key, pending.Lane))
            .ShouldBe(
                [
                    ("portal/t1", "portal-routing"),
                    ("routing/t1", "missing:portal-routing"),
                    ("routing/t1", "routing-itop"),
                    ("routing/t1", "routing-portal"),
                ],
                ignoreOrder: true
            );
        (await Side(Sides.Messages)).ShouldBe(["itop/t1|itop-routing|0000000001 {}", "portal/t1|portal-routing|0000000001 {}"]);
        (await Side(Sides.Texts)).ShouldBe(["portal/t1|ab12 x"]);
        (await Side(Sides.Waiting)).ShouldBe(
            [
                """portal/t1|routing-portal|000001|0000000003 {"stream":"routing-portal","place":{"number":3}}""",
                "routing/t1|portal-routing|000001|0000000003 "
                    + """{"stream":"portal-routing","place":{"number":3},"body":"console"}""",
            ]
        );

        async Task<IEnumerable<string>> Side(string collection) =>
            (await store.ListSide(collection, "", Ct)).Select(piece => $"{piece.Key} {Text(piece.Body)}");
    }

    // As release 0.2 made it.
    const string First = """
        CREATE TABLE documents (key TEXT PRIMARY KEY, room TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL,
            shelf TEXT, stamp INTEGER NOT NULL, expires INTEGER);
        CREATE INDEX documents_listed ON documents (room, stamp);
        CREATE INDEX documents_shelved ON documents (room, shelf, stamp) WHERE shelf IS NOT NULL;
        CREATE TABLE owed (key TEXT NOT NULL, lane TEXT NOT NULL, target TEXT NOT NULL, due INTEGER, since INTEGER NOT NULL,
            count INTEGER NOT NULL, PRIMARY KEY (key, lane)) WITHOUT ROWID;
        CREATE INDEX owed_due ON owed (target, due);
        CREATE TABLE owed_errors (key TEXT NOT NULL, lane TEXT NOT NULL, error TEXT NOT NULL, PRIMARY KEY (key, lane))
            WITHOUT ROWID;
        CREATE TABLE sides (collection TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, expires INTEGER,
            PRIMARY KEY (collection, key));
        CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES ('epoch', 3), ('schema', 1);
        """;

    // One live ticket in three has something else to do, too, and all have a reminder.
    static async Task Save(SqliteStore store, int from, int to)
    {
        var writes = Enumerable.Range(from, to - from).Select(n => new DocumentWrite(Doc($"service/{n}", 1), Lanes(n), [], []));
        (await store.SaveTogether([.. writes], Ct)).ShouldBeTrue();

        static IReadOnlyList<PendingLane> Lanes(int n)
        {
            var reminder = Pending($"service/{n}", "timer", Outbox.Clock, due: 86_400);
            return n < 3 ? [reminder, Pending($"service/{n}", "x", n == 0 ? "bus" : "itop")] : [reminder];
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
