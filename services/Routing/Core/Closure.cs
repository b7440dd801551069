using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Routing.Core;

/// <summary>Resolved is a proposal: the school's support confirms or contests it, its closure closes iTop, and so does
/// its silence.</summary>
static class Closure
{
    public static Decided<Link> OnConfirmed(Link link, SchoolConfirmed said) =>
        link.Stage is Stage.Proposed ? FromSchool.Wish(link, said, GroupWish.Close, text: said.Text) : link;

    /// <summary>Tools reopen by themselves on "merci": only an agent contests; what a requester wrote is passed on as a
    /// comment.</summary>
    public static Decided<Link> OnReopened(Link link, SchoolReopened said)
    {
        if (link.Stage is Stage.Proposed && said.Author.Role is Role.Support)
            return FromSchool.Wish(link with { Contested = true }, said, GroupWish.Reopen, said.Author, said.Text);
        return said.Text is null
            ? link
            : FromSchool.Wish(link, said, FromSchool.TextWish(link, said.Author, isForGroup: false), said.Author, said.Text);
    }

    /// <summary>When the school has been silent on this proposal for long enough.</summary>
    public static Effect Silence(Link proposed, DateTimeOffset until) =>
        new Effect.Remind(
            $"silence-{proposed.ProposedAt!.Value.ToUnixTimeMilliseconds()}",
            until,
            new SilencePassed(proposed.Opened!.Heading.TicketId, proposed.ProposedAt.Value)
        );

    public static Decided<Link> OnSilence(Link link, SilencePassed passed, DateTimeOffset now)
    {
        if (link.Stage is not Stage.Proposed || link.Contested || link.ProposedAt != passed.ProposedAt)
            return link;
        return Decided.Say(
            link,
            new GroupUpdateWanted(SchoolUpdates.Heading(link.Opened!, now), GroupWish.Close, Text: Texts.ClosedBySilence)
        );
    }

    /// <summary>The reopening's words go with the new group ticket.</summary>
    public static Link With(Link link, SchoolReopened said)
    {
        if (said.Text is null)
            return link;
        var comment = new EarlierComment(said.Heading.SourceId ?? "reopened", said.Author, said.Heading.OccurredAt, said.Text);
        return link.With(link.Opened!.Handover with { Comments = [comment] });
    }
}
