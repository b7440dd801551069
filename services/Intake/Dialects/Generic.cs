using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>The shape any tool can send: CloudEvents 1.0 JSON, signed per Standard Webhooks. Sending <c>ticket.opened</c> is the handover, <c>ticket.linked</c> that to a group ticket there is.</summary>
public sealed class Generic : IDialect
{
    public string Name => "generic";

    public bool Speaks(IReadOnlyDictionary<string, string> headers) => true;

    public Signed Verify(Post post, SchoolSecrets secrets, DateTimeOffset now)
    {
        if (post.Header("webhook-id") is not { } id || post.Header("webhook-timestamp") is not { } timestamp || post.Header("webhook-signature") is not { } signature)
            return Signed.Missing;
        if (!StandardWebhooks.Verify(secrets.Webhook, id, timestamp, signature, post.Body))
            return Signed.Wrong;
        return StandardWebhooks.IsFresh(timestamp, now) ? Signed.Right : Signed.Old;
    }

    public Key? KeyOf(Post post, School school)
    {
        var said = GenericEvent.Parse(post.Body);
        return said is null ? null : new Key(said.Subject.Trim(), post.Header("webhook-id") ?? said.Id, HandsOver: true);
    }

    public IReadOnlyList<Flaw> Check(Post post) => GenericCheck.Of(post.Body);

    public Reading Read(Post post, School school, SchoolSide known)
    {
        var said = GenericEvent.Parse(post.Body) ?? throw new FormatException("not an event");
        var heading = new Heading(TicketIds.OfSchool(school.Slug, said.Subject.Trim()), school.Slug, said.Time, said.Data.Id ?? said.Id);
        var fact = Fact(said, heading, school);
        var handsOver = fact is TicketOpened or TicketLinked;
        var handedOver = handsOver || (known.HandedOver && fact is not SchoolWithdrew);
        var heard = known with { School = school.Slug, Ticket = said.Subject.Trim(), HandedOver = handedOver };
        var crosses = handsOver || fact is SchoolWithdrew || known.HandedOver;
        return new Reading(fact is null || !crosses ? [] : [fact], heard);
    }

    public bool Moves(Post post) => GenericEvent.Parse(post.Body)?.Type is not ("ticket.commented" or "ticket.attached" or "ticket.answered");

    public (Post Light, IReadOnlyList<SentFile> Files) Lighten(Post post) => GenericFiles.Lighten(post);

    static Fact? Fact(GenericEvent said, Heading heading, School school)
    {
        var data = said.Data;
        var author = Authors.Of(data.By is "requester" ? Role.Requester : Role.Support, data.Author, school);
        string? Crossing(string? said) => Notes.Crossing(said, data.Visibility is "private", school.NoteMark);
        var text = Crossing(data.Text);
        return said.Type switch
        {
            "ticket.opened" => Opened(said, heading, school),
            "ticket.linked" => new TicketLinked(heading, Ticket(said), data.Title ?? Ticket(said).Number, data.Reference!.Trim(), text),
            "ticket.commented" => text is null ? null : new SchoolCommented(heading, author, text),
            "ticket.attached" => data.Visibility is "private" ? null : new SchoolAttached(heading, author, Claim(data.AsFile())),
            "ticket.answered" => text is null ? null : new SchoolAnswered(heading, author, text),
            "ticket.confirmed" => new SchoolConfirmed(heading, text),
            "ticket.reopened" => new SchoolReopened(heading, author, text),
            "ticket.closed" => new SchoolClosed(heading, text),
            "ticket.withdrawn" => new SchoolWithdrew(heading, Crossing(data.Reason) ?? text),
            _ => throw new FormatException("an unknown type"),
        };
    }

    static TicketOpened Opened(GenericEvent said, Heading heading, School school)
    {
        var data = said.Data;
        return new TicketOpened(
            heading,
            Ticket(said),
            data.Title!,
            data.Description!,
            new Placement(data.Brique, data.Service, data.SousService, data.Category, data.Queue),
            data.Urgency is null ? 4 : 1 + Array.IndexOf(GenericCheck.Urgencies, data.Urgency),
            Authors.Named(data.Requester, school),
            data.Summary,
            [.. (data.Comments ?? []).Select(one => Early(one, school))],
            [.. (data.Files ?? []).Select(Claim)]);
    }

    static SchoolTicket Ticket(GenericEvent said) => new(said.Subject.Trim(), said.Data.Number ?? said.Subject.Trim(), said.Data.Url);

    static EarlierComment Early(GenericComment comment, School school) =>
        new(comment.Id, Authors.Of(comment.By is "requester" ? Role.Requester : Role.Support, comment.Author, school), comment.At, comment.Text);

    static FileClaim Claim(GenericFile file) =>
        new(file.Sha256 ?? throw new FormatException("a file without its bytes"), file.Size, FileNames.Plain(file.Name), file.Type ?? "application/octet-stream");
}
