using System.Net;
using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>iTop's states, keys, dates, limits and answers.</summary>
public class ItopWordsTests
{
    static readonly string[] states =
    [
        "new",
        "escalated_tto",
        "assigned",
        "escalated_ttr",
        "pending",
        "resolved",
        "closed",
        "rejected",
        "approved",
        "waiting_for_approval",
    ];

    // itop-request-mgmt 3.2's lifecycle, as far as our stimuli go.
    static string After(string state, string stimulus) => (state, stimulus) switch
    {
        ("new" or "escalated_tto" or "approved" or "pending", "ev_assign") => "assigned",
        ("resolved", "ev_reopen") => "assigned",
        ("resolved", "ev_close") => "closed",
        ("waiting_for_approval", "ev_reject") => "rejected",
        ("new" or "approved" or "assigned" or "escalated_ttr" or "pending", "ev_autoresolve") => "resolved",
        _ => throw new InvalidOperationException($"iTop has no {stimulus} from {state}"),
    };

    public static TheoryData<string, GroupWish> EveryStateAndWish =>
        [
            .. states.SelectMany(state =>
                Enum.GetValues<GroupWish>().Select(wish => new TheoryDataRow<string, GroupWish>(state, wish))
            ),
        ];

    [Theory]
    [MemberData(nameof(EveryStateAndWish))]
    public void Every_wish_walks_to_its_end_from_every_state(string state, GroupWish wish)
    {
        var (now, steps) = (state, 0);
        while (Conflict.Next(now, wish) is { } step)
        {
            now = After(now, step.Stimulus);
            (++steps).ShouldBeLessThanOrEqualTo(4);
        }
        now.ShouldBe((wish, state) switch
        {
            (GroupWish.Close or GroupWish.Withdraw, "rejected" or "waiting_for_approval") => "rejected",
            (GroupWish.Close or GroupWish.Withdraw, _) => "closed",
            (GroupWish.Answer, "pending") or (GroupWish.Reopen, "resolved") => "assigned",
            _ => state,
        });
        (steps > 0 && !Conflict.Moves(wish)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("4512", 1, "[lyon:4512]")]
    [InlineData("INC_4.5-12", 2, "[lyon:INC_4.5-12/2]")]
    public void The_key_in_the_title_leads_back_to_the_ticket(string id, int generation, string key)
    {
        var asked = ItopPlay.Opened().Ticket.Asked!;
        Marker.For(asked with { Ticket = new SchoolTicket(id, id, Generation: generation) }).ShouldBe(key);
        Marker.TicketOf($"{key} Titre").ShouldBe(TicketIds.OfSchool("lyon", id));
    }

    [Theory]
    [InlineData("Titre sans clé")]
    [InlineData("Re: [lyon:4512] Titre")]
    [InlineData("[Lyon:4512] Titre")]
    [InlineData("[lyon:45 12] Titre")]
    public void What_is_no_key_leads_nowhere(string title) => Marker.TicketOf(title).ShouldBeNull();

    [Fact]
    public void An_id_that_cannot_stand_in_a_title_is_replaced_by_a_stable_one()
    {
        var asked = ItopPlay.Opened().Ticket.Asked!;
        Marker.For(asked with { Ticket = new SchoolTicket("n° 4512 %", "n° 4512 %") }).ShouldMatch(@"^\[lyon:[0-9a-f]{12}\]$");
    }

    [Theory]
    [InlineData("2026-03-29 01:59:59", "2026-03-29T01:59:59+01:00")]
    [InlineData("2026-03-29 03:00:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("2026-10-25 01:59:59", "2026-10-25T01:59:59+02:00")]
    [InlineData("2026-10-25 02:30:00", "2026-10-25T02:30:00+02:00")]
    [InlineData("2026-10-25 03:00:00", "2026-10-25T03:00:00+01:00")]
    public void Local_dates_over_both_clock_changes(string local, string instant)
    {
        var at = DateTimeOffset.Parse(instant);
        ItopTime.At(local).ShouldBe(at);
        ItopTime.Local(at).ShouldBe(local);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-00-00 00:00:00")]
    public void A_broken_date_is_the_epoch(string local) => ItopTime.At(local).ShouldBe(DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_title_is_one_line_of_255_characters_at_most()
    {
        Description.Title(ItopPlay.With("a\r\nb\tc"), isKeyed: false).ShouldBe("[lyon:4512] a b c");
        Description.Title(ItopPlay.With("a\r\nb\tc"), isKeyed: true).ShouldBe("a b c");
        Description.Title(ItopPlay.With(new string('é', 300)), isKeyed: true).Length.ShouldBe(255);
    }

    [Fact]
    public void A_description_is_escaped() =>
        Description.Html(ItopPlay.With(description: "<script>alert('1')</script> & \"x\"\nsuite"))
            .ShouldContain("<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;<br/>suite</p>");

    [Theory]
    [InlineData("a")]
    [InlineData("é ")]
    [InlineData("<")]
    [InlineData("😀")]
    public void A_description_stays_within_65_535_bytes_and_says_it_was_cut(string piece)
    {
        var html = Description.Html(ItopPlay.With(description: string.Concat(Enumerable.Repeat(piece, 100_000))));
        Encoding.UTF8.GetByteCount(html).ShouldBeLessThan(65_535);
        html.ShouldEndWith("(texte coupé ; il est entier dans le fichier joint description.txt)</p>");
        html.ShouldNotContain('\uFFFD');
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(html)).ShouldBe(html);
    }

    [Theory]
    [InlineData(503, "<html>maintenance</html>", false, true)]
    [InlineData(500, "<html>Fatal error</html>", true, true)]
    [InlineData(200, "<html>login</html>", true, true)]
    [InlineData(404, "", false, true)]
    [InlineData(200, """{"code":1,"message":"Error: Invalid login"}""", false, true)]
    [InlineData(200, """{"code":1,"message":"Error: Vous n'êtes pas autorisé"}""", false, true)]
    [InlineData(200, """{"code":100,"message":"Error: mysql_errno = 1213, Alix Martin"}""", false, false)]
    public void Answers_that_are_tried_again(int status, string body, bool sent, bool down)
    {
        var again = Answer(status, body).ShouldBeOfType<Answer.TryAgain>();
        (again.Sent, again.TargetDown).ShouldBe((sent, down));
        again.Reason.ShouldNotContain("Alix");
    }

    [Theory]
    [InlineData("""{"code":100,"message":"Error: caller_id: Alix Martin: Value not allowed"}""", "the value (caller_id)")]
    [InlineData("""{"code":100,"message":"Error: title (Titre): String too long"}""", "longer than iTop takes")]
    [InlineData("""{"code":3,"message":"Error: quelque chose sur alix@lyon.example"}""", "code 3")]
    public void Answers_that_wait_for_a_person_say_why_and_name_nobody(string body, string why)
    {
        var refused = Answer(200, body).ShouldBeOfType<Answer.Refused>();
        refused.Reason.ShouldContain(why);
        refused.Reason.ShouldNotContain("lix");
    }

    [Fact]
    public void A_refused_connection_was_never_sent_and_a_broken_one_may_have_been()
    {
        (
            (Answer.TryAgain)ItopAnswers.From(new HttpRequestException(HttpRequestError.ConnectionError)).Answer
        ).ShouldSatisfyAllConditions(one => one.Sent.ShouldBeFalse(), one => one.TargetDown.ShouldBeTrue());
        ((Answer.TryAgain)ItopAnswers.From(new HttpRequestException(HttpRequestError.ResponseEnded)).Answer).Sent.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"code":0,"objects":null}""", 0)]
    [InlineData("""{"code":0,"objects":{"UserRequest::1":{"key":"1","fields":{}}}}""", 1)]
    public void Objects_are_read(string body, int count) =>
        ItopAnswers.Read(HttpStatusCode.OK, Encoding.UTF8.GetBytes(body)).Count.ShouldBe(count);

    static Answer Answer(int status, string body) =>
        Should.Throw<ItopException>(() => { ItopAnswers.Read((HttpStatusCode)status, Encoding.UTF8.GetBytes(body)); }).Answer;
}
