using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>What 0.2 stored of a group ticket.</summary>
public class FormerDocumentTests
{
    [Fact]
    public void What_was_to_be_created_is_created_each_generation_with_its_own_words()
    {
        var second = ItopPlay.AskedAgain with { PreviousReference = "R-000123" };
        var former = new JsonArray(FormerCall("1-1", "create", ItopPlay.Asked), FormerCall("1-2", "create", second));
        var withdraw = new ItopCall.Write(GroupWish.Withdraw, null, null);
        former.Insert(1, Node(new PendingCall("1-3", "write", Json.Element(withdraw), null, Demo.Now)));

        var document = Upcast(Flat(second), former);

        var calls = document.Lanes[Lanes.Writes].Calls.Select(Calls.Read).ToList();
        calls.ShouldBe([new ItopCall.Create(1), withdraw, new ItopCall.Create(2)]);
        Json.Element(document.State.Creations[1]).ToString().ShouldBe(Json.Element(ItopPlay.Asked).ToString());
        Json.Element(document.State.Creations[2]).ToString().ShouldBe(Json.Element(second).ToString());
        document.State.Asked.ShouldBe(Asked.From(second));
    }

    [Fact]
    public void One_that_somebody_else_opened_is_known_as_such()
    {
        var asked = Flat(ItopPlay.Asked);
        asked["route"] = Node(new GroupRoute("", "", "", "", "incident", 4));

        var ticket = Upcast(asked, []).State;

        Pairing.IsTakenOver(ticket).ShouldBeTrue();
        Pairing.IsTakenOver(Upcast(Flat(ItopPlay.Asked), []).State).ShouldBeFalse();
        ticket.Creations.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_nobody_asked_for_is_read_as_it_is() =>
        new ItopDecider(ItopPlay.Rules)
            .Upcast(1, new JsonObject { ["schema"] = 1, ["state"] = new JsonObject() })
            .ToJsonString()
            .ShouldBe("""{"schema":1,"state":{"creations":{}}}""");

    static Document<GroupTicket> Upcast(JsonObject asked, JsonArray former)
    {
        var document = new JsonObject
        {
            ["schema"] = 1,
            ["state"] = new JsonObject { ["asked"] = asked },
            ["lanes"] = new JsonObject { [Lanes.Writes] = new JsonObject { ["target"] = "itop", ["calls"] = former } },
        };
        return Json.Read<Document<GroupTicket>>(new ItopDecider(ItopPlay.Rules).Upcast(1, document));
    }

    static JsonNode FormerCall(string id, string kind, TicketEscalated asked)
    {
        var call = Node(new PendingCall(id, kind, Json.Element("?"), null, Demo.Now));
        call["body"] = new JsonObject { ["asked"] = Flat(asked) };
        return call;
    }

    // What is handed over stood beside the heading.
    static JsonObject Flat(TicketEscalated asked)
    {
        var flat = Node(asked).AsObject();
        flat.Remove("handover", out var handover);
        foreach (var (name, value) in handover!.AsObject().ToList())
            flat[name] = value!.DeepClone();
        return flat;
    }

    static JsonNode Node(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), Json.Options)!;
}
