using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>Tools count comments, files and closures apart: an id is once of its kind. What 0.2.0 took under an id
/// without a kind is not taken again under one with it.</summary>
public sealed class SourceIdTests
{
    static readonly IntakeDecider decider = new(
        new Dictionary<string, School> { ["toulouse"] = Demo.Toulouse },
        IntakeModule.Dialects
    );

    [Fact]
    public async Task Comment_5_file_5_and_a_closure_with_5_are_three()
    {
        await using var door = await Door.Open(["intake", "routing"]);
        await Post(
            door,
            "ticket.opened",
            """{"title":"t","description":"d","brique":"Scénari","service":"Gestion des comptes","sousService":"Connexion """
            + """impossible"}""",
            "o"
        );
        await Post(door, "ticket.commented", """{"id":"5","text":"commentaire 5"}""", "i7a");
        await Post(door, "ticket.attached", """{"id":"5","name":"a.txt","content":"eA=="}""", "i7b");
        await Post(door, "ticket.closed", """{"id":"5"}""", "i7c");
        await Post(door, "ticket.commented", """{"id":"5","text":"commentaire 5, encore"}""", "i7d");

        var wishes = await Door.Until(async () => await Wishes(door) is { Count: >= 3 } said ? said : null, "three wishes");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        (await Wishes(door)).ShouldBe(["comment", "attach", "close"], string.Join(' ', wishes));
    }

    [Fact]
    public void A_closure_needs_no_id_and_happens_as_often_as_it_is_said()
    {
        Source("ticket.closed", """{"id":"5"}""", "e1").ShouldBe("closed:e1");
        Source("ticket.closed", """{"id":"5"}""", "e2").ShouldBe("closed:e2");
        Source("ticket.closed", "{}", "e3").ShouldBe("closed:e3");
    }

    [Fact]
    public void An_answer_is_one_of_the_tool_s_comments() =>
        Source("ticket.answered", """{"id":"5","text":"x"}""", "e1")
            .ShouldBe(Source("ticket.commented", """{"id":"5","text":"x"}""", "e2"));

    [Theory]
    [InlineData("ticket.commented", """{"id":"5","text":"x"}""", "e9", false)]
    [InlineData("ticket.answered", """{"id":"5","text":"x"}""", "e9", false)]
    [InlineData("ticket.commented", """{"id":"6","text":"x"}""", "e9", true)]
    [InlineData("ticket.attached", """{"id":"5","name":"a","content":"AQID"}""", "e9", true)]
    [InlineData("ticket.attached", """{"id":"7","name":"a","content":"AQID"}""", "e9", false)]
    [InlineData("ticket.commented", """{"id":"7","text":"x"}""", "e9", true)]
    [InlineData("ticket.closed", "{}", "e4", false)]
    [InlineData("ticket.closed", "{}", "e9", true)]
    [InlineData("ticket.opened", """{"title":"t","description":"d"}""", "e1", false)]
    public void What_the_release_before_took_is_not_taken_again(string type, string data, string id, bool said)
    {
        var state = Upcast(4, ("TicketOpened", "e1"), ("SchoolCommented", "5"), ("SchoolAttached", "7"), ("SchoolClosed", "e4"));

        Facts(type, data, id, state).Count.ShouldBe(said ? 1 : 0);
    }

    [Fact]
    public void Where_part_of_what_was_said_lies_apart_the_ticket_keeps_the_ids_it_began_with()
    {
        var state = Upcast(150, ("SchoolCommented", "149"), ("SchoolCommented", "150"));

        Facts("ticket.commented", """{"id":"5","text":"x"}""", "e9", state)
            .ShouldHaveSingleItem()
            .Heading.SourceId.ShouldBe("5", "the listener drops it, if it was taken");
        Facts("ticket.commented", """{"id":"150","text":"x"}""", "e9", state).ShouldBeEmpty();
    }

    [Fact]
    public void A_ticket_of_Request_Tracker_has_nothing_to_remember() =>
        Upcast(1, ("TicketOpened", "rt-txn-65")).TakenBefore.ShouldBeEmpty();

    [Fact]
    public void A_document_without_a_word_is_read_as_it_is()
    {
        var document = new JsonObject { ["schema"] = 1, ["state"] = new JsonObject { ["handedOver"] = false } };

        decider.Upcast(1, document)["state"]!.ToJsonString().ShouldBe("""{"handedOver":false}""");
    }

    static SchoolSide Upcast(long last, params (string Fact, string Source)[] said)
    {
        var document = new JsonObject
        {
            ["schema"] = 1,
            ["state"] = new JsonObject
            {
                ["school"] = "toulouse",
                ["ticket"] = "4512",
                ["handedOver"] = true,
            },
            ["streams"] = new JsonObject
            {
                ["intake-routing"] = new JsonObject
                {
                    ["last"] = new JsonObject { ["epoch"] = 1, ["number"] = last },
                    ["messages"] = new JsonArray([
                        .. said.Select(one => new JsonObject
                        {
                            ["type"] = $"GroupTicketing.Contracts.{one.Fact}",
                            ["body"] = new JsonObject { ["heading"] = new JsonObject { ["sourceId"] = one.Source } },
                        }),
                    ]),
                },
            },
        };
        return Json.Read<SchoolSide>(decider.Upcast(1, document)["state"]!);
    }

    static IReadOnlyList<Fact> Facts(string type, string data, string id, SchoolSide known)
    {
        return
        [
            .. new Generic()
                .Read(GenericTests.Unpack(GenericTests.Event(type, data, id: id)).Light, Demo.Toulouse, known)
                .Says.Cast<Fact>(),
        ];
    }

    static string? Source(string type, string data, string id) =>
        Facts(type, data, id, SchoolSide.Unheard with { HandedOver = true }).ShouldHaveSingleItem().Heading.SourceId;

    static async Task Post(Door door, string type, string data, string id) =>
        (await door.Post(GenericTests.Event(type, data, id: id), id: id)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);

    static async Task<IReadOnlyList<string>> Wishes(Door door)
    {
        var stored = await door
            .Services.GetRequiredService<IStore>()
            .Load($"routing/{TicketIds.OfSchool("toulouse", "4512"):N}", default);
        var said = stored is null ? [] : JsonNode.Parse(stored.Body)!["streams"]?["routing-itop"]?["messages"]?.AsArray() ?? [];
        return [.. said.Select(one => (string?)one!["body"]!["wish"]).OfType<string>()];
    }
}
