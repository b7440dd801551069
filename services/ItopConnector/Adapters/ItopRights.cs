using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// A denied write is read-only mode first (backups and updates of iTop's core answer so, in the words of a missing
/// right): everything waits. It is a missing right once another kind of write
/// succeeded after it was first denied; then only what needs that right stops.
/// </summary>
public sealed class ItopRights(TimeProvider clock)
{
    // The longest a backup or a core update keeps iTop read-only is far shorter.
    static readonly TimeSpan Lasting = TimeSpan.FromHours(1);

    readonly Lock gate = new();
    readonly Dictionary<string, DateTimeOffset> denied = [];
    (string Write, DateTimeOffset At) granted;

    /// <summary>That operation was done.</summary>
    public void Granted(JsonObject operation)
    {
        if (!Writes(operation))
            return;
        lock (gate)
        {
            granted = (KindOf(operation), clock.GetUtcNow());
            denied.Remove(granted.Write);
        }
    }

    /// <summary>What to do about that operation's denial.</summary>
    public Answer Denied(JsonObject operation)
    {
        var (kind, now) = (KindOf(operation), clock.GetUtcNow());
        lock (gate)
        {
            denied.TryAdd(kind, now);
            if (granted.Write is not null && granted.At > denied[kind])
                return new Answer.Refused($"the connector's account may not {kind}: give it a profile that may, then retry");
            return now - denied[kind] < Lasting
                ? ItopAnswers.From(ItopFault.WriteDenied)
                : new Answer.TryAgain(
                    $"iTop has taken no writes for an hour: end its read-only mode, or give the connector's account a "
                    + $"profile that may {kind}",
                    Sent: false,
                    TargetDown: true
                );
        }
    }

    /// <summary>Whether it may change something.</summary>
    public static bool Writes(JsonObject operation) =>
        operation["operation"]!.GetValue<string>() is not ("core/get" or "list_operations");

    static string KindOf(JsonObject operation) => operation["operation"]!.GetValue<string>() switch
    {
        "core/create" => $"create {operation["class"]}",
        "core/delete" => $"delete {operation["class"]}",
        _ => $"change {operation["class"]}",
    };
}
