using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;

namespace GroupTicketing.Services.Tests;

/// <summary>What a tool shows of a ticket, against what its webhooks brought.</summary>
public class MissedTests
{
    static readonly Generic dialect = new();
    static readonly SchoolSide live = SchoolSide.Unheard with { HandedOver = true, Ticket = "1" };

    [Fact]
    public void Nothing_is_missed_where_everything_came() => Missed("opened+ commented+ closed+", live).ShouldBeEmpty();

    [Fact]
    public void A_lost_word_is_missed_wherever_it_stands() =>
        Missed("opened+ commented commented+ attached", live).ShouldBe("delivery:2 delivery:4");

    [Fact]
    public void Of_the_states_only_the_last_counts()
    {
        Missed("opened+ closed reopened", live).ShouldBe("delivery:3");
        Missed("opened+ closed reopened+", live).ShouldBe("", "it was reopened since: closing it now would be wrong");
        Missed("opened+ closed+ reopened commented", live).ShouldBe("delivery:3 delivery:4");
    }

    [Fact]
    public void A_lost_handover_is_missed_with_all_that_follows() =>
        Missed("opened commented", SchoolSide.Unheard).ShouldBe("delivery:1 delivery:2");

    [Fact]
    public void What_came_before_its_lost_handover_is_taken_once_more()
    {
        Missed("opened commented+", SchoolSide.Unheard).ShouldBe("delivery:1 again:2");
        Missed("opened+ commented+", SchoolSide.Unheard, "again:1", "again:2")
            .ShouldBe("", "once is enough, also where the handover could not be read and was given up");
    }

    [Fact]
    public void A_request_taken_back_is_not_handed_over_again_by_a_reading()
    {
        var ended = SchoolSide.Unheard with { Ended = Demo.Now };

        Missed("opened+ commented+ withdrawn+", ended).ShouldBeEmpty();
        Missed("opened+ withdrawn+ opened", ended).ShouldBe("delivery:3", "but by its support");
    }

    [Fact]
    public void Of_one_that_ended_long_ago_a_lost_handover_since_is_missed_and_nothing_before_it()
    {
        var end = DateTimeOffset.Parse("2026-11-24T09:02:30Z", null);
        var kept = (SchoolSide.Unheard with { HandedOver = true, Ticket = "1", Ended = end }).Tombstone();

        Missed("opened closed opened commented", kept).ShouldBe("delivery:3 delivery:4");
        Missed("opened closed commented", kept).ShouldBeEmpty();
        Missed("opened closed opened commented", kept with { Ended = end.AddDays(1) }).ShouldBeEmpty();
    }

    [Fact]
    public void A_private_note_is_never_missed() => Missed("opened+ private", live).ShouldBeEmpty();

    [Fact]
    public void A_file_that_a_tool_shows_with_its_bytes_is_read_as_its_webhook_would_be()
    {
        var attached = Encoding.UTF8.GetString(Event("attached", 2)).Replace("\"sha256\":\"00\"", "\"content\":\"AQID\"");
        Unpacked[] posts = [GenericTests.Unpack(Event("opened", 1)), GenericTests.Unpack(Encoding.UTF8.GetBytes(attached))];

        var missed = GroupTicketing
            .Intake.Core.Missed.Find(posts, source => source == "delivery:1", Demo.Toulouse, dialect, live)
            .ShouldHaveSingleItem();

        missed.Files.ShouldHaveSingleItem().Pieces().SelectMany(piece => piece.ToArray()).ShouldBe([1, 2, 3]);
        Encoding.UTF8.GetString(missed.Post.Body).ShouldNotContain("AQID", Case.Sensitive, "the bytes are kept apart");
    }

    static string Missed(string shown, SchoolSide known, params IEnumerable<string> also)
    {
        var events = shown.Split(' ');
        var taken = events
            .Index()
            .Where(one => one.Item.EndsWith('+'))
            .Select(one => $"delivery:{one.Index + 1}")
            .Concat(also)
            .ToHashSet();
        var posts = events.Select((one, index) => new Unpacked(Post.Bare(Event(one.TrimEnd('+'), index + 1)), [], [])).ToList();
        return string.Join(
            ' ',
            GroupTicketing
                .Intake.Core.Missed.Find(posts, taken.Contains, Demo.Toulouse, dialect, known)
                .Select(one => one.SourceId)
        );
    }

    static byte[] Event(string what, int number)
    {
        var data = new JsonObject
        {
            ["title"] = "t",
            ["description"] = "d",
            ["text"] = "x",
            ["name"] = "f",
            ["sha256"] = "00",
            ["by"] = "support",
            ["visibility"] = what == "private" ? "private" : "public",
        };
        var type = what == "private" ? "commented" : what;
        return Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["specversion"] = "1.0",
                ["id"] = $"{number}",
                ["source"] = "/x",
                ["type"] = $"ticket.{type}",
                ["subject"] = "1",
                ["time"] = $"2026-11-24T09:0{number}:00Z",
                ["data"] = data,
            }.ToJsonString()
        );
    }
}
