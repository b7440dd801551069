namespace GroupTicketing.Platform;

/// <summary>Which store it is: begun once, and looked at from time to time.</summary>
public sealed partial class MongoStore
{
    long? identity;
    volatile string? fault;

    /// <summary>
    /// Before anything is opened. An empty database is a new installation, or the wrong one, or one that lost what it
    /// held: it must be said that it is the first start, which makes the store.
    /// </summary>
    /// <param name="first">Whether it was said.</param>
    /// <exception cref="StoreUnavailableException">It does not answer; there is no store and nobody said that this is
    /// the first start, or there is one and somebody did.</exception>
    public static Task Begin(string url, bool first) => Mongo.Ask(async () =>
    {
        var database = Mongo.Open(url);
        using var _ = database.Client;
        var (name, meta) = (database.DatabaseNamespace.DatabaseName, new MongoMeta(database));
        var isThere = await meta.IsThere();
        if (!isThere && !first)
            throw StoreUnavailableException.Because("NoDatabase", null, name);
        if (isThere && first)
            throw StoreUnavailableException.Because("DatabaseThere", null, name);
        return first ? await meta.Epoch() : 0;
    });

    /// <inheritdoc/>
    public string? Fault() => fault;

    /// <inheritdoc/>
    public async Task Look(CancellationToken ct)
    {
        var (store, epoch) = await Mongo.Ask(() => meta.Identity(ct));
        var name = database.DatabaseNamespace.DatabaseName;
        fault =
            store != identity
                ? $"the database {name} was emptied or replaced: put the right one back, then restart; nothing is taken meanwhile"
            : epoch != Epoch
                ? $"a backup was put back into the database {name} under this process: restart; nothing is taken meanwhile"
            : null;
    }
}
