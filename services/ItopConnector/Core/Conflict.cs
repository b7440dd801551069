using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>
/// What a wish does in the state the ticket really is in: one table of state × wish. A wish that takes several steps is
/// walked one at a time, reading the state
/// after each, so that it can be taken up again wherever it was cut.
/// </summary>
public static class Conflict
{
    /// <summary>The next step, or null when the state is as wished (its text, if any, is then added alone).</summary>
    /// <param name="status">The state read, in iTop's own word.</param>
    public static Step? Next(string status, GroupWish wish) => (wish, status) switch
    {
        (GroupWish.Answer, "pending") => new Step("ev_assign"),
        (GroupWish.Reopen, "resolved") => new Step("ev_reopen"),
        (GroupWish.Close or GroupWish.Withdraw, "closed" or "rejected") => null,
        (GroupWish.Close or GroupWish.Withdraw, "resolved") => new Step("ev_close"),
        (GroupWish.Close or GroupWish.Withdraw, "escalated_tto") => new Step("ev_assign"),
        (GroupWish.Close or GroupWish.Withdraw, "waiting_for_approval") => new Step("ev_reject"),
        (GroupWish.Close or GroupWish.Withdraw, _) => new Step("ev_autoresolve", NeedsSolution: true),
        _ => null,
    };

    /// <summary>Whether the wish may change the state.</summary>
    public static bool Moves(GroupWish wish) => wish is not (GroupWish.Comment or GroupWish.Attach);

    /// <summary>The solution that iTop demands, where the wish comes without a text.</summary>
    public static string SolutionFor(GroupWish wish) =>
        wish is GroupWish.Withdraw ? "Demande reprise par l’établissement." : "Fermé par l’établissement.";
}

/// <summary>A stimulus of iTop.</summary>
/// <param name="NeedsSolution">Whether iTop demands a solution with it.</param>
public sealed record Step(string Stimulus, bool NeedsSolution = false);
