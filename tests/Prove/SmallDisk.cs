using System.Diagnostics;

namespace GroupTicketing.Prove;

/// <summary>A disk of 64 MiB that can be filled. Needs root.</summary>
sealed class SmallDisk : IAsyncDisposable
{
    const int Megabyte = 1024 * 1024;

    SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> Mount()
    {
        var folder = Directory.CreateTempSubdirectory("prove-disk-").FullName;
        await Command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>To the last byte.</summary>
    public async Task Fill()
    {
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { Megabyte, 4_096, 1 })
        {
            try
            {
                while (true)
                    await filler.WriteAsync(new byte[size]);
            }
            catch (IOException)
            {
                // No more of this size.
            }
        }
    }

    public Task Empty()
    {
        File.Delete(Filler);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Command("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    string Filler => Path.Combine(Folder, "filler");

    static async Task Command(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardError = true })!;
        var wrong = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{name}: {wrong.Trim()}");
    }
}
