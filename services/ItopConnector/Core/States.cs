namespace GroupTicketing.ItopConnector.Core;

/// <summary>iTop's states in the product's words (itop-request-mgmt 3.2: new, escalated_tto, assigned, escalated_ttr,
/// pending, resolved, closed, rejected and the approval states).</summary>
public static class States
{
    /// <summary>Escalated states are the state they decorate, with a deadline missed.</summary>
    public static string From(string status) => status switch
    {
        "assigned" or "escalated_ttr" => "assigned",
        "pending" => "pending",
        "resolved" => "resolved",
        "closed" or "rejected" => "closed",
        _ => "open",
    };

    /// <summary>Whether somebody has to approve it before it is taken, or just has.</summary>
    public static bool IsApproval(string status) => status is "waiting_for_approval" or "approved";

    public static string? DeadlineMissed(string status) => status switch
    {
        "escalated_tto" => "tto",
        "escalated_ttr" => "ttr",
        _ => null,
    };
}
