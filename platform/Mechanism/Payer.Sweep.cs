namespace GroupTicketing.Platform;

/// <summary>Looking for what is due: after a start, a crash, or a target that is back.</summary>
public sealed partial class Payer
{
    /// <summary>Notes what was paid, and brings what is due to the workers; more than they can hold stays in the store
    /// for the next sweep.</summary>
    public async Task Sweep(CancellationToken ct)
    {
        await parts.Bus.Note(ct);
        var now = parts.Clock.GetUtcNow();
        if (latest == default)
            latest = await LastWritten(ct);
        // A clock that went back would hide what was leased or put off before: look further ahead until it has caught up.
        var horizon = now + Lease.ClockSkew < latest ? latest + TimeSpan.FromHours(1) : now;
        latest = now > latest ? now : latest;
        if (known is null || parts.Store.IsShared)
            await Hear(ct);
        foreach (var name in await parts.Store.DueTargets(horizon, ct))
        {
            if (TargetOf(name) is not { Hungry: true } target || !IsOurs(target) || target.Appetite is not (> 0 and var appetite))
                continue;
            foreach (var owed in await parts.Store.Due(name, horizon, appetite, ct))
                target.Wake(owed);
        }
    }

    // By whatever clock: an earlier process' may have been ahead of ours.
    async Task<DateTimeOffset> LastWritten(CancellationToken ct)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var room in rooms.Keys)
        {
            if (await parts.Store.List(room, null, null, 1, ct) is [{ Stamp: var stamp }] && stamp > last)
                last = stamp;
        }
        return last;
    }

    // The process before, or another instance, found a target down, or up again.
    async Task Hear(CancellationToken ct)
    {
        known = (await parts.Store.ListSide(Sides.Targets, "", ct)).ToDictionary(
            one => one.Key,
            one => Json.Read<TargetState>(one.Body)
        );
        foreach (var (name, state) in known)
        {
            if (targets.TryGetValue(name, out var target))
                target.Hear(state);
        }
    }
}
