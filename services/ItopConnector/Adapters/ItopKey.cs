using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// Where this iTop keeps our key: in the attribute of our module, if that is installed, else in the title. iTop is
/// asked at the first need and believed for an hour. Modules come and go while
/// tickets are open, so what the title bears is looked for in either case.
/// </summary>
public sealed partial class ItopKey(ItopClient itop, TimeProvider clock, ILogger<ItopKey> logger)
{
    static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    volatile Seen? known;

    /// <summary>Whether our module is there, as far as is known.</summary>
    public async Task<bool> IsThere(CancellationToken ct) =>
        known is { } one && clock.GetUtcNow() - one.At < Believed ? one.Is : await Ask(ct);

    /// <summary>It is asked again at the next need.</summary>
    public void Forget() => known = null;

    /// <summary>Whether our module is there now. After a doubt nothing else counts: another process may have known
    /// otherwise.</summary>
    public async Task<bool> Ask(CancellationToken ct)
    {
        var isThere = await Has(itop, ct);
        if (known?.Is != isThere)
            Log.Lives(logger, isThere ? Marker.Attribute : "the title");
        known = new Seen(isThere, clock.GetUtcNow());
        return isThere;
    }

    /// <summary>Does it as this iTop takes it. An iTop that has lost the module refuses the attribute, and with it all
    /// of the call: then once more without.</summary>
    /// <param name="act">Told whether the module is there.</param>
    public async Task<T> With<T>(Func<bool, Task<T>> act, CancellationToken ct)
    {
        var wasThere = await IsThere(ct);
        try
        {
            return await act(wasThere);
        }
        catch (ItopException exception) when (wasThere && exception.Fault is ItopFault.NotInModel)
        {
            if (await Ask(ct))
                throw;
            return await act(false);
        }
    }

    /// <summary>Those of these that are there, with what they bear.</summary>
    public Task<IEnumerable<ItopRead>> Read(IEnumerable<string> ids, CancellationToken ct) =>
        With(isThere => ReadGroupTicket.Read(itop, ids, ct, isThere), ct);

    /// <summary>Which of these bear something that may be a key, and what they bear, by id.</summary>
    public async Task<Dictionary<string, string>> Bearing(IEnumerable<string> ids, CancellationToken ct)
    {
        var among = $"SELECT UserRequest WHERE id IN ({string.Join(',', ids)}) AND ";
        var found = await With(
            isThere =>
                isThere
                    ? itop.Get(
                        "UserRequest",
                        $"{among}({Marker.Attribute} != '' OR title LIKE '[%')",
                        $"id,title,{Marker.Attribute}",
                        ct
                    )
                    : itop.Get("UserRequest", $"{among}title LIKE '[%'", "id,title", ct),
            ct
        );
        return found.Select(ReadFields.From).ToDictionary(one => one.Id, one => one.Bears);
    }

    static async Task<bool> Has(ItopClient itop, CancellationToken ct)
    {
        try
        {
            await itop.Get("UserRequest", "SELECT UserRequest WHERE id = 0", $"id,{Marker.Attribute}", ct);
            return true;
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.NotInModel)
        {
            return false;
        }
    }

    sealed record Seen(bool Is, DateTimeOffset At);

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "our key in iTop is kept in {Where}")]
        public static partial void Lives(ILogger logger, string where);
    }
}
