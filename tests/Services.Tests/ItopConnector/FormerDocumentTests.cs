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
        var debts = new JsonArray(Debt("1-1", "create", ItopPlay.Asked), Debt("1-2", "create", second));
        var withdraw = new ItopCall.Write(GroupWish.Withdraw, null, null);
        debts.Insert(1, Node(new Debt("1-3", "write", Json.Element(withdraw), null, Demo.Now)));

        var document = Upcast(Flat(second), debts);

        var calls = document.Lanes[Lanes.Writes].Debts.Select(Calls.Read).ToList();
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

    static Document<GroupTicket> Upcast(JsonObject asked, JsonArray debts)
    {
        var document = new JsonObject
        {
            ["schema"] = 1,
            ["state"] = new JsonObject { ["asked"] = asked },
            ["lanes"] = new JsonObject { [Lanes.Writes] = new JsonObject { ["target"] = "itop", ["debts"] = debts } },
        };
        return Json.Read<Document<GroupTicket>>(new ItopDecider(ItopPlay.Rules).Upcast(1, document));
    }

    static JsonNode Debt(string id, string kind, TicketEscalated asked)
    {
        var debt = Node(new Debt(id, kind, Json.Element("?"), null, Demo.Now));
        debt["body"] = new JsonObject { ["asked"] = Flat(asked) };
        return debt;
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
