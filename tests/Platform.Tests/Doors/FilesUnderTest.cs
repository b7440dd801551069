namespace GroupTicketing.Platform.Tests;

/// <summary>Every keeper of files the contract is proved on without an engine.</summary>
static class FilesUnderTest
{
    public static TheoryData<string> Names => ["folder"];

    /// <summary>An empty one for the length of one test.</summary>
    public static async Task With(string name, Func<IFiles, Task> test)
    {
        name.ShouldBe("folder");
        using var folder = new Folder();
        await test(new FolderFiles(folder.File("files")));
    }
}
