using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>The life of a UserRequest in iTop 3.2.0's simple ticket management, as all stimuli called from all states
/// showed it.</summary>
public static class Lifecycle
{
    private static readonly Dictionary<(string State, string Stimulus), string> Transitions = new()
    {
        [("new", "ev_assign")] = "assigned",
        [("new", "ev_timeout")] = "escalated_tto",
        [("new", "ev_wait_for_approval")] = "waiting_for_approval",
        [("new", "ev_autoresolve")] = "resolved",
        [("waiting_for_approval", "ev_approve")] = "approved",
        [("waiting_for_approval", "ev_reject")] = "rejected",
        [("approved", "ev_assign")] = "assigned",
        [("approved", "ev_timeout")] = "escalated_tto",
        [("approved", "ev_autoresolve")] = "resolved",
        [("rejected", "ev_reopen")] = "new",
        [("escalated_tto", "ev_assign")] = "assigned",
        [("assigned", "ev_reassign")] = "assigned",
        [("assigned", "ev_pending")] = "pending",
        [("assigned", "ev_resolve")] = "resolved",
        [("assigned", "ev_timeout")] = "escalated_ttr",
        [("assigned", "ev_autoresolve")] = "resolved",
        [("pending", "ev_assign")] = "assigned",
        [("pending", "ev_autoresolve")] = "resolved",
        [("escalated_ttr", "ev_reassign")] = "assigned",
        [("escalated_ttr", "ev_pending")] = "pending",
        [("escalated_ttr", "ev_resolve")] = "resolved",
        [("escalated_ttr", "ev_autoresolve")] = "resolved",
        [("resolved", "ev_close")] = "closed",
        [("resolved", "ev_reopen")] = "assigned",
        [("resolved", "ev_autoresolve")] = "resolved",
    };

    public static string Target(ItopObject ticket, string stimulus) =>
        Transitions.TryGetValue((ticket.Text("status"), stimulus), out var target)
            ? target
            : throw Refusal.Plain(
                $"Invalid stimulus: '{stimulus}' on the object {ticket.Text("ref")} in state '{ticket.Text("status")}'"
            );

    public static void Demand(ItopObject ticket, string target)
    {
        // A key left at 0 passes: PHP 8 finds 0 different from ''.
        string[] demanded = target switch
        {
            "assigned" or "escalated_ttr" => ["request_type"],
            "pending" => ["request_type", "pending_reason"],
            "resolved" => ["resolution_code", "solution"],
            _ => [],
        };
        var missing = demanded.Where(code => ticket.Text(code) == "").ToArray();
        if (missing.Length > 0)
            throw Refusal.Plain($"Missing mandatory attribute(s) for applying the stimulus: {string.Join(", ", missing)}.");
    }

    /// <summary>The dates and stopwatches a transition sets.</summary>
    public static Dictionary<string, object?> Effects(ItopObject ticket, string target, string now)
    {
        var from = ticket.Text("status");
        var effects = new Dictionary<string, object?>(StringComparer.Ordinal) { ["status"] = target };
        if (target == "assigned" && from is "new" or "approved" or "escalated_tto")
            effects["assignment_date"] = now;
        if (target == "pending")
            effects["last_pending_date"] = now;
        if (from == "pending")
            effects["cumulatedpending"] =
                ticket.Number("cumulatedpending") + LocalTime.Seconds(ticket.Text("last_pending_date"), now);
        if (target == "resolved")
        {
            effects["resolution_date"] = now;
            effects["time_spent"] = $"{LocalTime.Seconds(ticket.Text("start_date"), now)}";
        }
        if (target == "closed")
            effects["close_date"] = now;
        Watch.ToOwn.Move(ticket, target, now, effects);
        Watch.ToResolve.Move(ticket, target, now, effects);
        return effects;
    }
}
