using GroupTicketing.Intake.Core;

namespace GroupTicketing.Intake.Dialects;

/// <summary>
/// Under which id something is taken once. Tools count comments and files apart, so the id bears the kind; everything
/// else happens as often as it is said, under the event's own id.
/// </summary>
static class GenericSource
{
    public static string For(GenericEvent said, SchoolSide known) =>
        known.KeepsFormerIds ? Former(said) : said.Type switch
    {
        "ticket.commented" or "ticket.answered" => $"comment:{Former(said)}",
        "ticket.attached" => $"file:{Former(said)}",
        _ => $"{KindOf(said.Type)}:{said.Id}",
    };

    /// <summary>Of a file that came with a comment: its own id, or its place beside the comment's.</summary>
    public static string FromFile(GenericEvent said, GenericFile file, int index) =>
        file.Id is { Length: > 0 } id ? $"file:{id}" : $"file:{Former(said)}/{index}";

    /// <summary>Whether the release before took it, under an id without its kind.</summary>
    public static bool IsTaken(GenericEvent said, SchoolSide known) => KindOf(said.Type) is var kind
        && known.TakenBefore?.Contains(kind is "comment" or "file" ? $"{kind}:{Former(said)}" : $"{kind}:{said.Id}") is true;

    /// <summary>What the release before called a fact that it said, with its kind.</summary>
    /// <param name="fact">The name of its type.</param>
    public static string Taken(string fact, string sourceId) => $"{KindOfFact(fact)}:{sourceId}";

    static string Former(GenericEvent said) => said.Data.Id ?? said.Id;

    static string KindOf(string type) => type switch
    {
        "ticket.commented" or "ticket.answered" => "comment",
        "ticket.attached" => "file",
        _ => type["ticket.".Length..],
    };

    static string KindOfFact(string fact) => fact switch
    {
        "SchoolCommented" or "SchoolAnswered" => "comment",
        "SchoolAttached" => "file",
        "SchoolWithdrew" => "withdrawn",
        _ => fact.Replace("School", "").Replace("Ticket", "").ToLowerInvariant(),
    };
}
