using System.Text.Json;
using GroupTicketing.Prove;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>Who judges the proofs must see each fault: ledgers with one in them.</summary>
public sealed class JudgeTests
{
    static readonly string[] school =
    [
        """{"dir":"sent","id":"t-1-opened","ticket":"1","type":"ticket.opened","status":503}""",
        """{"dir":"sent","id":"t-1-opened","ticket":"1","type":"ticket.opened","status":202}""",
        """{"dir":"sent","id":"t-1-c1","ticket":"1","type":"ticket.commented","status":202}""",
        """{"dir":"sent","id":"t-1-c2","ticket":"1","type":"ticket.commented","status":202}""",
        """{"dir":"told","id":"msg_x_0-1","ticket":"1","type":"group.referenced","status":200,"sequence":"0-1"}""",
        """{"dir":"told","id":"msg_x_0-2","ticket":"1","type":"group.assigned","status":200,"sequence":"0-2"}""",
        """{"dir":"sent","id":"t-2-opened","ticket":"2","type":"ticket.opened","status":401}""",
    ];

    static readonly string[] itop =
    [
        """{"op":"create","class":"UserRequest","id":"1","ref":"R-1","title":"[t:1] x","stimulus":"""
        + """null,"login":"connecteur","entry":null}""",
        Entry(1),
        Entry(2),
        """{"op":"stimulus","class":"UserRequest","id":"1","ref":"R-1","title":"[t:1] """
        + """x","stimulus":"ev_assign","login":"intervenant","entry":null}""",
    ];

    [Fact]
    public void What_is_right_is_right() => Judged(school, itop).ShouldBe(new Verdict(0, 0, 0, 0, 1));

    [Fact]
    public void A_ticket_not_created_and_its_entries_are_lost() => Judged(school, []).Lost.ShouldBe(3);

    [Fact]
    public void An_entry_not_in_the_log_is_lost() => Judged(school, [.. itop[..2], itop[3]]).ShouldBe(new Verdict(1, 0, 0, 0, 1));

    [Fact]
    public void A_school_never_told_has_lost_it() =>
        Judged([.. school[..5], school[6]], itop).ShouldBe(new Verdict(1, 0, 0, 0, 1));

    [Fact]
    public void Created_twice_and_written_twice_are_duplicates() =>
        Judged(school, [.. itop, itop[0].Replace("\"id\":\"1\"", "\"id\":\"2\""), Entry(2)]).ShouldBe(new Verdict(0, 2, 0, 0, 1));

    [Fact]
    public void Told_under_two_ids_is_a_duplicate() =>
        Judged([.. school, school[5].Replace("x_0-2", "x_0-3")], itop).ShouldBe(new Verdict(0, 1, 0, 0, 1));

    [Fact]
    public void The_same_id_again_is_none() => Judged([.. school, school[5]], itop).ShouldBe(new Verdict(0, 0, 0, 0, 1));

    [Fact]
    public void Entries_and_callbacks_out_of_their_order_are_disordered()
    {
        Judged(school, [itop[0], Entry(2), Entry(1), itop[3]]).ShouldBe(new Verdict(0, 0, 1, 0, 1));
        Judged([.. school[..4], school[5], school[4], school[6]], itop).ShouldBe(new Verdict(0, 0, 1, 0, 1));
    }

    [Fact]
    public void What_was_refused_or_never_sent_and_is_there_is_unexpected()
    {
        Judged(school, [.. itop, itop[0].Replace("[t:1]", "[t:3]").Replace("\"id\":\"1\"", "\"id\":\"3\"")])
            .Unexpected.ShouldBe(1);
        Judged(school, [.. itop, itop[0].Replace("[t:1]", "[t:2]").Replace("\"id\":\"1\"", "\"id\":\"2\"")])
            .Unexpected.ShouldBe(1);
        Judged(school, [.. itop, Entry(7)]).Unexpected.ShouldBe(1);
    }

    [Fact]
    public void What_nobody_knows_was_taken_may_be_there() =>
        Judged(
                [.. school[..6], school[6].Replace("401", "0"), school[4].Replace("\"ticket\":\"1\"", "\"ticket\":\"2\"")],
                [.. itop, itop[0].Replace("[t:1]", "[t:2]").Replace("\"id\":\"1\"", "\"id\":\"2\"")]
            )
            .ShouldBe(new Verdict(0, 0, 0, 0, 1, Recovered: 1));

    static string Entry(int number) =>
        $$"""{"op":"update","class":"UserRequest","id":"1","ref":"R-1","title":"[t:1] x","stimulus":null,"login":"connecteur","entry":"Support\nCommentaire {{number}}\n— INSA · n° {{number}}"}""";

    static Verdict Judged(IEnumerable<string> school, IEnumerable<string> itop) =>
        Judge.Of([.. SchoolSide.Of("t", Lines(school))], new ItopSide(Lines(itop), "connecteur"), _ => { });

    static List<JsonElement> Lines(IEnumerable<string> lines) => [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
}
