using GroupTicketing.Engines.Tests;

namespace GroupTicketing.Platform.Tests;

/// <summary>The keepers of files of engines, under the same contract as the folder.</summary>
static class FilesUnderTest
{
    public static TheoryData<string> Names => ["mongo"];

    /// <summary>An empty one for the length of one test.</summary>
    public static async Task With(string name, Func<IFiles, Task> test)
    {
        name.ShouldBe("mongo");
        using var files = new MongoFiles((await MongoEngine.Running()).Fresh());
        await test(files);
    }
}
