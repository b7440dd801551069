using GroupTicketing.Engines.Tests;

namespace GroupTicketing.Platform.Tests;

/// <summary>The stores of engines, under the same contract as the embedded one.</summary>
static class StoresUnderTest
{
    public static TheoryData<string> Names => ["mongo"];

    /// <summary>An empty store for the length of one test.</summary>
    public static async Task With(string name, Func<IStore, Task> test)
    {
        name.ShouldBe("mongo");
        using var store = new MongoStore((await MongoEngine.Running()).Fresh());
        await test(store);
    }
}
