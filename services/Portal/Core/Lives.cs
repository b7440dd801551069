using GroupTicketing.Contracts;

namespace GroupTicketing.Portal.Core;

/// <summary>How long a ticket's present life took to a step. A life begins with its handover, or with the opening after
/// a closure.</summary>
public static class Lives
{
    /// <summary>From the handover to the last step of the timeline; null when that step came before in this life, or
    /// the handover was never heard.</summary>
    /// <remarks>By our own clock, when each was heard: the tools' clocks differ.</remarks>
    public static TimeSpan? ToLast(IReadOnlyList<TimelineStep> timeline)
    {
        var last = timeline[^1];
        var life = timeline.SkipLast(1).Reverse().TakeWhile(step => !Ends(step)).Reverse().ToList();
        var began = life.FirstOrDefault(step => step.What is nameof(TicketOpened) or nameof(TicketEscalated));
        return began is null || life.Any(step => step.What == last.What) ? null : last.Heard - began.Heard;
    }

    static bool Ends(TimelineStep step) =>
        step.What is nameof(TicketClosed) or nameof(ReturnedToSchool) or nameof(TicketRejected) or nameof(SchoolWithdrew);
}
