using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>A file put in by iTop's own form is there before the form is saved, on no ticket, and gets its ticket later
/// under the same id.</summary>
public sealed class LateFilesTests : IAsyncLifetime
{
    LinkWorld link = null!;

    ItopWorld World => link.World;

    public async ValueTask InitializeAsync() => link = await LinkWorld.Opened();

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Fact]
    public async Task One_put_on_before_the_answer_to_the_creation_was_taken_is_told()
    {
        await using var world = await ItopWorld.Start();
        var fresh = new LinkWorld(world);
        await fresh.Hear(ItopPlay.Asked);
        var tried = (await fresh.Try())!;
        await world.PutFile(((ItopRead)((Answer.Done)tried.Value.Answer).Result!).Id, "tout de suite.txt");
        await fresh.Files();

        await fresh.Settle(tried);
        await fresh.Files();

        (await fresh.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>();
        (await fresh.Said()).OfType<GroupAttached>().ShouldHaveSingleItem().File.Name.ShouldBe("tout de suite.txt");
    }

    [Fact]
    public async Task It_is_told_once_it_has_its_ticket_and_only_then_and_once()
    {
        var id = (await link.State()).ItopId!;
        var file = (
            await World.Administrator.Call(
                new JsonObject
                {
                    ["operation"] = "core/create",
                    ["class"] = "Attachment",
                    ["comment"] = "c",
                    ["fields"] = AttachFile.Fields("0", "1", "capture.png", "image/png", [1, 2]),
                    ["output_fields"] = "id",
                },
                default
            )
        ).Single().Key;
        await link.Poll();
        await World.PutFile(id, "plus tard.txt");
        await link.Poll();
        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>();
        (await link.Call(Lanes.Reads)).ShouldBeNull("the other one is on no ticket yet");

        await World.Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/update",
                ["class"] = "Attachment",
                ["comment"] = "c",
                ["key"] = file,
                ["fields"] = new JsonObject { ["item_id"] = id },
                ["output_fields"] = "id",
            },
            default
        );
        await link.Poll();
        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>();
        await link.Poll();
        (await link.Call(Lanes.Reads)).ShouldBeNull();

        (await link.Said()).OfType<GroupAttached>().Select(said => said.File.Name).ShouldBe(["plus tard.txt", "capture.png"]);
    }

    [Fact]
    public async Task After_a_day_it_is_not_looked_at_any_more()
    {
        await World.PutFile("0", "oublié.txt");
        await link.Poll();
        World.Clock.Advance(TimeSpan.FromHours(25));
        await link.Poll();

        (await World.Poll.NewAttachments(World.Now, default)).ShouldBeEmpty();
        World.Asked.Last(call => (string)call["class"]! == "Attachment")["key"]!.GetValue<string>().ShouldEndWith("id > 1");
    }
}
