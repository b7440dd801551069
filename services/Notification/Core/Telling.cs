using GroupTicketing.Contracts;

namespace GroupTicketing.Notification.Core;

/// <summary>What is told, whichever fact wants it.</summary>
static class Telling
{
    /// <summary>The kind of what wants a ticket of the school's own.</summary>
    public const string Opened = "opened";

    /// <summary>The last part of the callback's type.</summary>
    public static string KindOf(Fact wanted) =>
        wanted is SchoolUpdateWanted update ? update.News.ToString().ToLowerInvariant() : Opened;

    /// <summary>Which news it is to the other services: of a group ticket that was opened the school learns its
    /// reference.</summary>
    public static SchoolNews NewsOf(Fact wanted) => wanted is SchoolUpdateWanted update ? update.News : SchoolNews.Referenced;
}
