using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Routing.Core;

/// <summary>What the school said, once handed over. Only public words and marked notes arrive here: the intake cuts the
/// rest.</summary>
static class FromSchool
{
    public static Decided<Link> On(Link link, Fact fact, WhoIsWho who, DateTimeOffset now) => link switch
    {
        { IsTombstone: true } => LongAfter(link, fact, now),
        { Stage: Stage.Held } => WhileHeld(link, fact, now),
        { Stage: Stage.Pairing } => WhileLive(WhilePairing(link, fact), fact, now),
        { Stage: Stage.Closed } => AfterClosure(link, fact, who, now),
        { IsLive: true } => WhileLive(link, fact, now),
        _ => link,
    };

    /// <summary>Only a new handover opens anything: whoever writes on hears that this was closed long ago.</summary>
    static Decided<Link> LongAfter(Link link, Fact fact, DateTimeOffset now) =>
        fact is SchoolCommented or SchoolAnswered or SchoolAttached or SchoolReopened
            ? Decided.Say(link, SchoolUpdates.State(link, SchoolNews.Closed, "closed", now, fact, Texts.LongClosed(link.EndedAt)))
            : link;

    // What is written to the other one is kept, too: it may be refused, and another one opened instead.
    static Link WhilePairing(Link link, Fact fact) => fact switch
    {
        SchoolCommented or SchoolAnswered or SchoolAttached => WhileHeld(link, fact, default).State,
        SchoolClosed => link with { EndsIfRefused = true },
        SchoolReopened => link with { EndsIfRefused = false },
        _ => link,
    };

    static Decided<Link> WhileHeld(Link link, Fact fact, DateTimeOffset now) => fact switch
    {
        SchoolCommented said => Add(link, new EarlierComment(SourceOf(fact), said.Author, fact.Heading.OccurredAt, said.Text)),
        SchoolAnswered said => Add(link, new EarlierComment(SourceOf(fact), said.Author, fact.Heading.OccurredAt, said.Text)),
        SchoolAttached said => link.With(link.Opened!.Handover with { Files = [.. link.Opened.Handover.Files ?? [], said.File] }),
        SchoolClosed or SchoolWithdrew => link with { Stage = Stage.Withdrawn, EndedAt = now },
        _ => link,
    };

    static Decided<Link> WhileLive(Link link, Fact fact, DateTimeOffset now) => fact switch
    {
        SchoolCommented said => Wish(link, fact, TextWish(link, said.Author, said.Marked), said.Author, said.Text),
        SchoolAnswered said => Wish(link, fact, TextWish(link, said.Author, isForGroup: true), said.Author, said.Text),
        SchoolAttached said => Wish(link, fact, GroupWish.Attach, said.Author, file: said.File),
        SchoolReopened said => Closure.OnReopened(link, said),
        SchoolConfirmed said => Closure.OnConfirmed(link, said),
        SchoolClosed said => Wish(link, fact, GroupWish.Close, text: said.Text),
        SchoolWithdrew said => Wish(link, fact, GroupWish.Withdraw, text: said.Reason) with
        {
            State = link with { Stage = Stage.Withdrawn, EndedAt = now },
        },
        _ => link,
    };

    /// <summary>iTop knows no way back from closed: only an agent's confirmed reopening opens a new, linked group
    /// ticket.</summary>
    static Decided<Link> AfterClosure(Link link, Fact fact, WhoIsWho who, DateTimeOffset now) => fact switch
    {
        SchoolReopened { Author.Role: Role.Support } said => Opening.Again(Closure.With(link, said), said, who, now),
        SchoolCommented or SchoolAnswered or SchoolReopened => Decided.Say(
            link,
            SchoolUpdates.State(link, SchoolNews.Closed, "closed", now, fact, Texts.AfterClosure)
        ),
        _ => link,
    };

    /// <summary>While the group waits, the requester's words are the answer, and so is what an agent says to the group;
    /// what an agent says to the requester crosses and ends no wait.</summary>
    /// <param name="isForGroup">Null where a release before this one did not say: then any text is the answer, as it
    /// was there.</param>
    internal static GroupWish TextWish(Link link, Author author, bool? isForGroup) =>
        link.Stage is Stage.Pending && (author.Role is Role.Requester || isForGroup is not false)
            ? GroupWish.Answer
            : GroupWish.Comment;

    internal static Decided<Link> Wish(
        Link link,
        Fact fact,
        GroupWish wish,
        Author? author = null,
        string? text = null,
        FileClaim? file = null
    ) => Decided.Say(link, new GroupUpdateWanted(fact.Heading, wish, author, text, file));

    static Link Add(Link link, EarlierComment comment) =>
        link.With(link.Opened!.Handover with { Comments = [.. link.Opened.Handover.Comments ?? [], comment] });

    static string SourceOf(Fact fact) => fact.Heading.SourceId ?? $"{fact.Heading.Epoch}-{fact.Heading.Number}";
}
