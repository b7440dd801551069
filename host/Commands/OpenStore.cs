using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary>The store of the settings, for one command beside the running process.</summary>
sealed class OpenStore : IAsyncDisposable
{
    /// <summary>Opens them.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be opened; the settings' errors are in its text.</exception>
    public OpenStore(HostSettings settings)
    {
        var errors = new List<string>();
        var options = Engines.Read(settings, [], errors);
        if (errors.Count > 0)
            throw new StoreUnavailableException(string.Join("; ", errors));
        Store = House.Store(options);
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
