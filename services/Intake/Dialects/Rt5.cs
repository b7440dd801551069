using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Dialects;

/// <summary>
/// Request Tracker 5, by a scrip that posts one document per transaction (observed on RT 5.0.3). RT posts once and
/// never again; its handover is a custom field.
/// </summary>
public sealed class Rt5 : IDialect
{
    // RT opens and reopens by itself, under this name, when anybody writes: never an act of the support.
    const string RtItself = "RT_System";

    public string Name => "rt5";

    public bool Speaks(IReadOnlyDictionary<string, string> headers) => headers.ContainsKey("x-rt-event");

    public Signed Claims(IReadOnlyDictionary<string, string> headers, DateTimeOffset now) =>
        SignedHeaders.Claim(headers, now, "x-rt-timestamp", "x-rt-signature");

    public Signed Verify(RawPost post, SchoolSecrets secrets, DateTimeOffset now)
    {
        var claimed = Claims(post.Headers, now);
        if (claimed is Signed.Missing)
            return claimed;
        var given = Encoding.ASCII.GetBytes(post.Header("x-rt-signature")!);
        var isRight = false;
        foreach (var secret in secrets.Rt)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
            hmac.AppendData(Encoding.ASCII.GetBytes(post.Header("x-rt-timestamp") + "."));
            hmac.AppendData(post.Body.Span);
            isRight |= CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes("sha256=" + Convert.ToHexStringLower(hmac.GetHashAndReset())),
                given
            );
        }
        return isRight ? claimed : Signed.Wrong;
    }

    public Key? KeyOf(Post post, School school)
    {
        try
        {
            var said = RtPost.From(post);
            return new Key(
                said.Ticket.Id.ToString(CultureInfo.InvariantCulture),
                SourceOf(said),
                RtGesture.HandsOver(said.Ticket, school)
            );
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    public string? Unreadable(Post post, School school) =>
        RtGesture.IsSet(RtPost.From(post).Ticket, school) is null ? RtGesture.NameOf(school) : null;

    public Decided<SchoolSide> Read(Post post, School school, SchoolSide known)
    {
        var said = RtPost.From(post);
        var id = said.Ticket.Id.ToString(CultureInfo.InvariantCulture);
        var isHandedOver = known.HandedOver
            ? RtGesture.IsSet(said.Ticket, school) ?? true
            : RtGesture.HandsOver(said.Ticket, school);
        var heard = known with { School = school.Slug, Ticket = id, State = said.Ticket.Status, HandedOver = isHandedOver };
        if (school.Accounts.Contains(said.Transaction.Creator.Name))
            return heard;
        var heading = new Heading(TicketIds.OfSchool(school.Slug, id), school.Slug, said.Transaction.Created, SourceOf(said));
        var fact = (known.HandedOver, heard.HandedOver) switch
        {
            (false, true) => Handed(said, heading, school),
            (true, false) => new SchoolWithdrew(heading),
            (true, true) => Happened(said, heading, school),
            _ => null,
        };
        return fact is null ? heard : Decided.Say(heard, fact);
    }

    public bool Moves(Post post) => RtPost.From(post).Transaction.Type is not ("Correspond" or "Comment");

    static Fact? Happened(RtPost said, Heading heading, School school)
    {
        var transaction = said.Transaction;
        var author = Author(said, school);
        var own = RtText.Own(transaction.Text);
        var text = Notes.Crossing(own ?? "", transaction.IsPrivate, school.NoteMark) is { } crossing
            ? RtText.WithFiles(crossing, transaction.Attachments)
            : null;
        return transaction.Type switch
        {
            "Correspond" or "Comment" => string.IsNullOrWhiteSpace(text)
                ? null
                : new SchoolCommented(heading, author, text, Mark.IsIn(own ?? "", school.NoteMark)),
            "Status" when transaction.Creator.Name == RtItself => null,
            "Status" => Moved(said, heading, author),
            _ => null,
        };
    }

    /// <summary>RT has one end state; <c>rejected</c> and <c>deleted</c> say the request is taken back.</summary>
    static Fact? Moved(RtPost said, Heading heading, Author author) => (said.Event, said.Ticket.Status) switch
    {
        ("ticket.reopened", _) => new SchoolReopened(heading, author),
        (_, RtTicket.Resolved) => new SchoolClosed(heading),
        (_, RtTicket.Rejected or RtTicket.Deleted) => new SchoolWithdrew(heading),
        _ => null,
    };

    /// <summary>With the reference of a group ticket in its field the handover is to that one.</summary>
    static Fact Handed(RtPost said, Heading heading, School school)
    {
        var handover = Handover(said, school);
        return said.Ticket.Field(school.Mapping.Fields.Reference)?.Trim() is { Length: > 0 } reference
            ? new TicketLinked(heading, handover.Ticket, handover.Title, reference, handover.Description)
            : new TicketOpened(heading, handover);
    }

    static Handover Handover(RtPost said, School school)
    {
        var ticket = said.Ticket;
        var fields = school.Mapping.Fields;
        var id = ticket.Id.ToString(CultureInfo.InvariantCulture);
        var text = said.Transaction.Visibility is "public" ? RtText.Own(said.Transaction.Text) : null;
        return new Handover(
            new SchoolTicket(id, id, ticket.Url),
            Titles.From(ticket.Subject),
            string.IsNullOrWhiteSpace(text)
                ? string.Format(Core.Texts.French, Core.Texts.InFrench(nameof(Core.Texts.SeeTool)), ticket.Url)
                : RtText.WithFiles(text, said.Transaction.Attachments),
            new Placement(
                ticket.Field(fields.Brique),
                ticket.Field(fields.Service),
                ticket.Field(fields.SousService),
                ticket.Field(fields.Category),
                ticket.Queue
            ),
            Urgency(ticket.Priority),
            Authors.Named(new Requester(Email: ticket.Requestors?.FirstOrDefault()), school)
        );
    }

    // RT's own labels stand for 0 (low), 50 (medium) and 100 (high).
    static int Urgency(int priority) => priority >= 100 ? 2 : priority >= 50 ? 3 : 4;

    static Author Author(RtPost said, School school)
    {
        var creator = said.Transaction.Creator;
        var isRequester =
            creator.Name == RtItself
            || (
                creator.Email is { Length: > 0 } email
                && said.Ticket.Requestors?.Contains(email, StringComparer.OrdinalIgnoreCase) is true
            );
        return Authors.From(isRequester ? Role.Requester : Role.Support, creator.RealName ?? creator.Name, school);
    }

    // RT's own number of what happened: the scrip and its REST say the same.
    static string SourceOf(RtPost said) => $"rt-txn-{said.Transaction.Id}";
}
