using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;

namespace GroupTicketing.Tests.Contracts;

/// <summary>Facts are kept for months and read by other releases: what is written comes back, and what is unknown or
/// missing does no harm.</summary>
public class StoredForm
{
    public static TheoryData<Type> Facts => [.. Listeners.Facts];

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_with_every_member_comes_back(Type fact) => ComesBack(Sample.Of(fact, filled: true));

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_without_optional_members_comes_back(Type fact) => ComesBack(Sample.Of(fact, filled: false));

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_member_of_a_later_release_is_passed_on(Type fact)
    {
        var said = Sample.Of(fact, filled: false);
        var later = Encoding.UTF8.GetString(Json.Write((object)said)).Insert(1, "\"ofALaterRelease\":{\"a\":[1]},");

        var read = (Fact)Json.Read(JsonDocument.Parse(later).RootElement, fact);

        Written(read with { Unknown = null }).ShouldBe(Written(said));
        var passed = Json.Element(read.At(2, 3, 3, null));
        passed.GetProperty("ofALaterRelease").GetRawText().ShouldBe("{\"a\":[1]}");
        passed.GetProperty("heading").GetProperty("number").GetInt64().ShouldBe(3);
    }

    [Fact]
    public void Enums_are_stored_by_name_and_nulls_left_out()
    {
        var wish = new GroupUpdateWanted(
            new Heading(TicketIds.OfItop("1"), "lyon", DateTimeOffset.UnixEpoch),
            GroupWish.Withdraw
        );

        Written(wish)
            .ShouldBe(
                """{"wish":"withdraw","heading":{"ticketId":"VECTOR","school":"lyon","occurredAt":"1970-01-01T00:00:00+00:00","epoch":0,"number":0,"began":0}}""".Replace(
                    "VECTOR",
                    TicketIds.OfItop("1").ToString()
                )
            );
    }

    [Fact]
    public void A_message_of_an_earlier_release_is_read_with_the_defaults()
    {
        var early = JsonDocument
            .Parse(
                """
                {
                  "heading": {
                    "ticketId": "00000000-0000-8000-8000-000000000001",
                    "school": "lyon",
                    "occurredAt": "2026-11-24T09:12:00+01:00"
                  },
                  "ticket": { "id": "4512", "number": "4512" },
                  "title": "Connexion impossible",
                  "description": "Depuis ce matin",
                  "placement": {}
                }
                """
            )
            .RootElement;

        var opened = Json.Read<TicketOpened>(early);

        opened.Handover.Urgency.ShouldBe(4);
        opened.Handover.Ticket.Generation.ShouldBe(1);
        opened.Heading.OccurredAt.Offset.ShouldBe(TimeSpan.FromHours(1));
        opened.Handover.Comments.ShouldBeNull();
    }

    // What 0.2 wrote beside the heading. A field that crosses since then was never there: this list stays as it is.
    static readonly string[] besideHeading =
        ["ticket", "title", "description", "placement", "urgency", "requester", "summary", "comments", "files"];

    [Theory]
    [InlineData(typeof(TicketOpened), true)]
    [InlineData(typeof(TicketEscalated), false)]
    public void What_0_2_wrote_beside_the_heading_is_the_handover(Type fact, bool isPlaced)
    {
        var said = JsonNode.Parse(Json.Write((object)Sample.Of(fact, filled: true)))!.AsObject();
        var handover = said["handover"]!.AsObject();
        foreach (var later in handover.Select(member => member.Key).Except(besideHeading).ToList())
            handover.Remove(later);
        if (!isPlaced)
            handover["placement"] = new JsonObject();
        var former = said.DeepClone().AsObject();
        former.Remove("handover");
        foreach (var (name, value) in handover.Where(member => isPlaced || member.Key != "placement"))
            former[name] = value!.DeepClone();
        former["ofALaterRelease"] = "calme";

        var read = JsonNode.Parse(Written(Json.Read(former, fact)))!.AsObject();

        read["ofALaterRelease"]!.GetValue<string>().ShouldBe("calme", "what nobody knows is passed on");
        foreach (var name in besideHeading)
            JsonNode.DeepEquals(read["handover"]![name], handover[name])
                .ShouldBeTrue($"{name}: 0.2 wrote {handover[name]}, read is {read["handover"]![name]}");
        foreach (var name in said.Select(member => member.Key).Where(name => name != "handover"))
            JsonNode.DeepEquals(read[name], said[name]).ShouldBeTrue($"{name}: {said[name]}, read is {read[name]}");
    }

    [Fact]
    public void A_member_of_a_later_release_s_handover_is_handed_on()
    {
        var later = JsonNode.Parse(Json.Write((object)Sample.Of(typeof(TicketOpened), filled: false)))!;
        later["handover"]!["ofALaterRelease"] = "calme";

        var read = Json.Read<TicketOpened>(later).Handover with { Title = "autre" };

        Json.Element(read).GetProperty("ofALaterRelease").GetString().ShouldBe("calme");
    }

    [Fact]
    public void A_place_given_changes_nothing_else()
    {
        var said = Sample.Of(typeof(GroupCommented), filled: true);

        var placed = said.At(2, 17, 9, "1:1");

        placed.ShouldBeOfType<GroupCommented>();
        (placed.Heading.Epoch, placed.Heading.Number, placed.Heading.Began, placed.Heading.Before).ShouldBe((2, 17, 9, "1:1"));
        placed.At(said.Heading.Epoch, said.Heading.Number, said.Heading.Began, said.Heading.Before).ShouldBe(said);
    }

    static void ComesBack(Fact said)
    {
        var read = Json.Read(Json.Element(said), said.GetType());

        read.ShouldBeOfType(said.GetType());
        Written(read).ShouldBe(Written(said));
        ((Fact)read).Heading.ShouldBe(said.Heading);
    }

    static string Written(object value) => Json.Element(value).GetRawText();
}
