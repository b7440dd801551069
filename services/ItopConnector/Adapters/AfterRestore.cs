using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>After a restore nothing is written into iTop before what changed there since the backup is read: the poll's
/// cursor was put back with the rest, so its first round reads it.</summary>
public sealed class AfterRestore(IStore store)
{
    volatile bool isRead;

    public bool MayWrite(DateTimeOffset now) => isRead || !(now - store.Restored < Lane.Forgotten);

    /// <summary>A whole round was read by this process.</summary>
    public void HasRead() => isRead = true;
}
