using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>What the connector asks iTop for: named fields of a closed list, never everything, never the private log;
/// of strangers' tickets only that they changed.</summary>
public class PrivacyTests : IAsyncLifetime
{
    static readonly Dictionary<string, string[]> mayBeAsked = new()
    {
        ["UserRequest"] = ReadFields.NamesAndKey.Split(','),
        ["Attachment"] = ["id", "item_id", "contents"],
        ["Organization"] = ["id"],
        ["Person"] = ["id"],
        ["Team"] = ["id"],
        ["Service"] = ["id"],
        ["ServiceSubcategory"] = ["id", "request_type"],
        ["lnkCustomerContractToService"] = ["id", "customercontract_id"],
        ["CustomerContract"] = ["id"],
    };

    ItopWorld world = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_these_fields_are_asked_for_and_a_stranger_s_ticket_is_never_read(bool module)
    {
        world = await ItopWorld.Start(module);
        var stranger = await world.Stranger("Affaire privée");
        await EverythingOnce();

        world.Asked.Count.ShouldBeGreaterThan(15);
        foreach (var asked in world.Asked)
        {
            var fields = (string)asked["output_fields"]!;
            fields.Split(',').ShouldBeSubsetOf(mayBeAsked[(string)asked["class"]!]);
            if (
                fields is not ("id,last_update" or "id,title" or "id,title,external_ref")
                && (string)asked["class"]! == "UserRequest"
            )
                Regex.IsMatch($"{asked["key"]}", $@"\bid (= |IN \(.*\b){stranger}\b").ShouldBeFalse($"{asked}");
        }
        ReadFields.Names.ShouldNotContain("private");
    }

    [Fact]
    public async Task Of_a_school_that_wants_what_the_group_opens_only_that_is_read()
    {
        world = await ItopWorld.Start(Demo.Toulouse with { MirrorFrom = DateOnly.FromDateTime(Demo.Now.DateTime) });
        await world.Stranger("Affaire de Lyon");
        await world.Stranger("Affaire de Toulouse", "INSA Toulouse");
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        await world.Poll.Changed(world.Now, default);

        var read = world
            .Asked.Where(asked => (string)asked["class"]! == "UserRequest" && $"{asked["output_fields"]}".Contains("description"))
            .ShouldHaveSingleItem();
        $"{read["key"]}".ShouldEndWith("AND org_name IN ('INSA Toulouse')");
        $"{read["output_fields"]}".Split(',').ShouldBe(["id", "ref", "title", "description", "status", "org_name", "start_date"]);
    }

    [Fact]
    public async Task Nothing_of_iTop_is_written_but_what_a_school_or_a_reminder_says()
    {
        world = await ItopWorld.Start();
        await EverythingOnce();
        string[] written =
        [
            "org_id",
            "title",
            "description",
            "service_id",
            "servicesubcategory_id",
            "team_id",
            "request_type",
            "urgency",
            "origin",
            "caller_id",
            "public_log",
            "private_log",
            "solution",
            "item_class",
            "item_id",
            "item_org_id",
            "contents",
        ];
        foreach (var fields in world.Asked.Select(asked => asked["fields"]).OfType<JsonObject>())
            fields.Select(field => field.Key).ShouldBeSubsetOf(written);
        world.Asked.ShouldAllBe(asked => (string)asked["operation"]! != "core/delete");
    }

    async Task EverythingOnce()
    {
        var ticket = await world.Opened();
        foreach (
            var call in new[]
            {
                new ItopCall.Write(GroupWish.Comment, 1, "texte\n— INSA Lyon · n° 1"),
                new ItopCall.Write(GroupWish.Close, null, null),
            }
        )
            await world.Write.Call(world.Attempt(call), ticket, call, default);
        var remind = new ItopCall.Remind("rappel");
        await world.Write.Remind(world.Attempt(remind), ticket, remind, default);
        var bytes = "fichier"u8.ToArray();
        var hash = await world.Files.Put(ItopPlay.Asked.Heading.TicketId.ToString("N"), bytes, default);
        var attach = new ItopCall.Attach(new FileClaim(hash, bytes.Length, "a.txt", "text/plain"));
        await world.Attach.Call(world.Attempt(attach, inDoubt: world.Now.AddMinutes(-5)), ticket, attach, default);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Poll.Changed(world.Now, default);
        await world.Poll.NewAttachments(world.Now, default);
        await ReadGroupTicket.IsDeleted(world.Itop, ticket.ItopId!, "INSA Lyon", default);
        var create = new ItopCall.Create();
        await world.Open.Call(world.Attempt(create, inDoubt: world.Now.AddMinutes(-5)), ItopPlay.Asked, default);
    }
}
