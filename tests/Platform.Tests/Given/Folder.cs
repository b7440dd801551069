namespace GroupTicketing.Platform.Tests;

/// <summary>A folder of its own for one test, deleted afterwards.</summary>
sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("groupticketing-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
