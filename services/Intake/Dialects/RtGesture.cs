using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Dialects;

/// <summary>The gesture by which a ticket of Request Tracker is handed over. A field that is renamed, that our account
/// or the scrip may not see, or that is empty says nothing of it.</summary>
static class RtGesture
{
    /// <summary>Set, undone by another value, or null: it cannot be read.</summary>
    public static bool? IsSet(RtTicket ticket, School school)
    {
        if (school.Gesture is not { } gesture)
            return false;
        var shown = gesture.Field is null ? (IEnumerable<string?>)[ticket.Queue] : ticket.Values(gesture.Field);
        var wanted = gesture.Field is null ? gesture.Queue : gesture.Value;
        var values = shown.Where(value => !string.IsNullOrWhiteSpace(value)).ToList();
        return values.Count == 0 ? null : values.Contains(wanted, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether it hands over a ticket that was not: one that ended is handed over once it is open again, if
    /// the gesture still stands.</summary>
    public static bool HandsOver(RtTicket ticket, School school) => ticket.IsActive && IsSet(ticket, school) is true;

    /// <summary>What the school's file names.</summary>
    public static string NameOf(School school) => school.Gesture?.Field ?? "queue";
}
