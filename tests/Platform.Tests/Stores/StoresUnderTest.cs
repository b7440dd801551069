namespace GroupTicketing.Platform.Tests;

/// <summary>Every store the contract is proved on. A new store is one line here.</summary>
static class StoresUnderTest
{
    static readonly Dictionary<string, Func<Folder, IStore>> Factories = new()
    {
        ["sqlite"] = folder => new SqliteStore(folder.File("store.db")),
        ["memory"] = _ => new MemoryStore(),
    };

    public static TheoryData<string> Names => [.. Factories.Keys];

    /// <summary>An empty store of that name for the length of one test.</summary>
    public static async Task With(string name, Func<IStore, Task> test)
    {
        using var folder = new Folder();
        var store = Factories[name](folder);
        try
        {
            await test(store);
        }
        finally
        {
            if (store is IAsyncDisposable open)
                await open.DisposeAsync();
        }
    }
}
