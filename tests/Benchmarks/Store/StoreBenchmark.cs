using GroupTicketing.Platform;
using MongoDB.Driver;

namespace GroupTicketing.Benchmarks;

/// <summary>Each store against the least that is as durable on the same engine.</summary>
static class StoreBenchmark
{
    public static async Task<int> Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-bench-").FullName;
        try
        {
            await using var store = new SqliteStore(Path.Combine(folder, "store.db"));
            await using var bare = new BareSqlite(Path.Combine(folder, "bare.db"));
            await new Comparison(store).Against("bare SQLite", 0.5, (key, body) =>
            {
                bare.Load(key);
                return bare.Save(key, body);
            });
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>In a database of its own on the server of the address, dropped afterwards.</summary>
    public static async Task<int> Mongo(string[] args)
    {
        if (args is not [var address])
        {
            await Console.Error.WriteLineAsync("usage: -- mongo mongodb://127.0.0.1:27017/?directConnection=true");
            return 2;
        }
        var own = new MongoUrlBuilder(address) { DatabaseName = $"bench{Environment.ProcessId}" };
        try
        {
            using var store = new MongoStore(own.ToString());
            await new Comparison(store).Against("find + replaceOne", 0.7, new BareMongo(own.ToString()).Save);
            return 0;
        }
        finally
        {
            await new MongoClient(address).DropDatabaseAsync(own.DatabaseName);
        }
    }
}
