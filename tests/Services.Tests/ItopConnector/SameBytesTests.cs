using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>A file is ours by its bytes and the name we gave it in iTop: others may attach the same bytes.</summary>
public sealed class SameBytesTests : IAsyncLifetime
{
    LinkWorld link = null!;

    public async ValueTask InitializeAsync() => link = await LinkWorld.Opened();

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("contenu")]
    public async Task An_agents_file_of_the_bytes_that_the_school_sent_is_told(string content)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var hash = await link.World.Files.Put(LinkWorld.Ticket, bytes, default);
        var ours = new FileClaim(hash, bytes.Length, "de l’école.txt", "text/plain");
        await link.Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Attach, File: ours));
        (await link.Call()).ShouldBeOfType<Answer.Done>();

        await PutByAnAgent("du groupe.txt", bytes);
        await link.Poll();
        while (await link.Call(Lanes.Reads) is { } answer)
            answer.ShouldBeOfType<Answer.Done>();

        (await link.Said()).OfType<GroupAttached>().Select(said => said.File).ShouldBe([ours with { Name = "du groupe.txt" }]);
    }

    async Task PutByAnAgent(string name, byte[] bytes) => await link.World.Administrator.Call(
        new JsonObject
        {
            ["operation"] = "core/create", ["class"] = "Attachment", ["comment"] = "test",
            ["fields"] = AttachFile.Fields((await link.State()).ItopId!, "1", name, "text/plain", bytes),
            ["output_fields"] = "id",
        },
        default);
}
