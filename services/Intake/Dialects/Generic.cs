using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Dialects;

/// <summary>The shape any tool can send: CloudEvents 1.0 JSON, signed per Standard Webhooks. Sending
/// <c>ticket.opened</c> is the handover, <c>ticket.linked</c> that to a group ticket there is.</summary>
public sealed class Generic : IDialect
{
    public string Name => "generic";

    public bool ReadsAnswers => true;

    public bool Speaks(IReadOnlyDictionary<string, string> headers) => true;

    public Signed Claims(IReadOnlyDictionary<string, string> headers, DateTimeOffset now) =>
        SignedHeaders.Claim(headers, now, "webhook-timestamp", "webhook-id", "webhook-signature");

    public Signed Verify(RawPost post, SchoolSecrets secrets, DateTimeOffset now)
    {
        var claimed = Claims(post.Headers, now);
        if (claimed is Signed.Missing)
            return claimed;
        var (id, timestamp, signature) = (
            post.Header("webhook-id")!,
            post.Header("webhook-timestamp")!,
            post.Header("webhook-signature")!
        );
        return StandardWebhooks.Verify(secrets.Webhook, id, timestamp, signature, post.Body.Span) ? claimed : Signed.Wrong;
    }

    public Key? KeyOf(Post post, School school)
    {
        var said = GenericEvent.From(post);
        return said is null ? null : new Key(said.Subject.Trim(), post.Header("webhook-id") ?? said.Id, HandsOver: true);
    }

    public Unpacked Unpack(RawPost post, string? ticket = null)
    {
        var unpacked = StrictJson.Read(post.Body);
        // What is wrong already is not filled: two members of one name are nobody's file.
        if (unpacked.Light.Body.Length == 0 || (unpacked.Flaws.Count > 0 && post.Parts.Count > 0))
            return unpacked;
        unpacked = GenericFiles.Filled(unpacked, post.Parts);
        var light = unpacked.Light with { Headers = post.Headers };
        IReadOnlyList<Flaw> flaws =
        [
            .. unpacked.Flaws.Concat(GenericCheck.FindFlaws(light, isRead: ticket is not null)).Take(StrictJson.MostFlaws),
        ];
        if (flaws.Count == 0)
            flaws = Whose(light, ticket);
        return unpacked with { Light = light, Flaws = flaws };
    }

    // Nothing is taken whose ticket is not known.
    static IReadOnlyList<Flaw> Whose(Post light, string? ticket) => GenericEvent.From(light)?.Subject.Trim() switch
    {
        null => [new Flaw("", Core.Texts.NotAnObject)],
        var subject when ticket is not null && subject != ticket => [new Flaw("/subject", Core.Texts.OtherTicket)],
        _ => [],
    };

    public Decided<SchoolSide> Read(Post post, School school, SchoolSide known)
    {
        var said = GenericEvent.From(post) ?? throw new FormatException("not an event");
        var heading = new Heading(
            TicketIds.OfSchool(school.Slug, said.Subject.Trim()),
            school.Slug,
            said.Time,
            GenericSource.For(said, known)
        );
        var fact = GenericSource.IsTaken(said, known) ? null : Fact(said, heading, school);
        var handsOver = fact is TicketOpened or TicketLinked;
        var handedOver = handsOver || (known.HandedOver && fact is not SchoolWithdrew);
        var heard = known with { School = school.Slug, Ticket = said.Subject.Trim(), HandedOver = handedOver };
        var crosses = handsOver || fact is SchoolWithdrew || known.HandedOver;
        return fact is null || !crosses ? heard : Decided.Say(heard, [fact, .. Files(said, fact, heading)]);
    }

    public bool Moves(Post post) =>
        GenericEvent.From(post)?.Type is not ("ticket.commented" or "ticket.attached" or "ticket.answered");

    static Fact? Fact(GenericEvent said, Heading heading, School school)
    {
        var data = said.Data;
        var author = Authors.From(RoleOf(data.By), data.Author, school);
        string? Crossing(string? said) => Notes.Crossing(said, data.Visibility is GenericVisibility.Private, school.NoteMark);
        var text = Crossing(data.Text);
        return said.Type switch
        {
            // Before 0.3 the door took one.
            "ticket.opened" => data.Visibility is GenericVisibility.Private
                ? null
                : new TicketOpened(heading, Handover(said, school)),
            "ticket.linked" => new TicketLinked(
                heading,
                Ticket(said),
                data.Visibility is GenericVisibility.Private ? Ticket(said).Number : data.Title ?? Ticket(said).Number,
                data.Reference!.Trim(),
                text
            ),
            "ticket.commented" => text is null
                ? null
                : new SchoolCommented(heading, author, text, Mark.IsIn(data.Text!, school.NoteMark)),
            "ticket.attached" => data.Visibility is GenericVisibility.Private
                ? null
                : new SchoolAttached(heading, author, Claim(data.AsFile())),
            "ticket.answered" => text is null ? null : new SchoolAnswered(heading, author, text),
            "ticket.confirmed" => new SchoolConfirmed(heading, text),
            "ticket.reopened" => new SchoolReopened(heading, author, text),
            "ticket.closed" => new SchoolClosed(heading, text),
            "ticket.withdrawn" => new SchoolWithdrew(heading, Crossing(data.Reason) ?? text),
            _ => throw new FormatException("an unknown type"),
        };
    }

    // A file crosses with the words it came with, or not at all.
    static IEnumerable<Fact> Files(GenericEvent said, Fact fact, Heading heading)
    {
        var author = fact switch
        {
            SchoolCommented commented => commented.Author,
            SchoolAnswered answered => answered.Author,
            _ => null,
        };
        return author is null
            ? []
            : (said.Data.Files ?? [])
                .Index()
                .Where(one => one.Item.Visibility is GenericVisibility.Public)
                .Select(one => new SchoolAttached(
                    heading with
                    {
                        SourceId = GenericSource.FromFile(said, one.Item, one.Index),
                    },
                    author,
                    Claim(one.Item)
                ));
    }

    static Handover Handover(GenericEvent said, School school)
    {
        var data = said.Data;
        return new Handover(
            Ticket(said),
            Titles.From(data.Title),
            data.Description!,
            new Placement(data.Brique, data.Service, data.SousService, data.Category, data.Queue),
            data.Urgency is null ? 4 : 1 + Array.IndexOf(GenericCheck.Urgencies, data.Urgency),
            Authors.Named(data.Requester, school),
            data.Summary,
            [.. (data.Comments ?? []).Select(one => Early(one, school)).OfType<EarlierComment>()],
            [.. (data.Files ?? []).Where(one => one.Visibility is GenericVisibility.Public).Select(Claim)]);
    }

    static SchoolTicket Ticket(GenericEvent said) =>
        new(said.Subject.Trim(), said.Data.Number ?? said.Subject.Trim(), said.Data.Url);

    static EarlierComment? Early(GenericComment comment, School school) =>
        Notes.Crossing(comment.Text, comment.Visibility is GenericVisibility.Private, school.NoteMark) is { } text
            ? new(comment.Id, Authors.From(RoleOf(comment.By), comment.Author, school), comment.At, text)
            : null;

    static Role RoleOf(GenericBy by) => by is GenericBy.Support ? Role.Support : Role.Requester;

    static FileClaim Claim(GenericFile file) =>
        FileClaim.FromOutside(
            file.Sha256 ?? throw new FormatException("a file without its bytes"),
            file.Size,
            file.Name,
            file.Type
        );
}
