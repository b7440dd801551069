using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary>The store of the settings, for one command beside the running process.</summary>
sealed class OpenStore : IAsyncDisposable
{
    OpenStore(IStore store) => Store = store;

    /// <summary>Opens it. A command beside the process makes no store of its own.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened, or there is none; the settings' errors are in
    /// its text.</exception>
    public static async Task<OpenStore> Open(HostSettings settings)
    {
        var errors = new List<string>();
        var options = Engines.Read(settings, [], errors);
        if (errors.Count > 0)
            throw new StoreUnavailableException(string.Join("; ", errors));
        if (options.Store is { } url)
            await MongoStore.Begin(url, first: false);
        else if (!DataFolder.HasStore(options.Data))
            throw new StoreUnavailableException(CommandTexts.Text("NoStoreYet", Path.GetFullPath(options.Data)));
        return new(PlatformSetup.Store(options));
    }

    public IStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        if (Store is IAsyncDisposable embedded)
            await embedded.DisposeAsync();
        else
            (Store as IDisposable)?.Dispose();
    }
}
