using GroupTicketing.Contracts;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Notification;

/// <summary>What is to be told, from its stored form.</summary>
static class Tellings
{
    public static Fact Read(Debt debt) =>
        debt.Kind == Telling.Opened ? Json.Read<SchoolTicketWanted>(debt.Body) : Json.Read<SchoolUpdateWanted>(debt.Body);
}
