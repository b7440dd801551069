using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>Files that are too large, and tickets with more of them than one answer of iTop's holds.</summary>
public sealed class AttachFileTests : IAsyncLifetime
{
    LinkWorld link = null!;

    ItopWorld World => link.World;

    // As in the product, in another measure: there 64 MiB of an answer are read, and 25 MiB of a file.
    AttachFile Limited =>
        new(
            new ItopClient(Outside.Client(1024 * 1024), World.Options, World.Clock),
            new ItopNames(World.Itop, World.Clock),
            World.Files,
            World.Clock
        );

    public async ValueTask InitializeAsync() => link = await LinkWorld.Opened();

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_in_doubt_is_found_or_written_however_many_there_are(bool isThere)
    {
        var file = new FileClaim(await World.Files.Put(LinkWorld.Ticket, "x"u8.ToArray(), default), 1, "x.txt", "text/plain");
        if (isThere)
            await Put(Echo.NameOf(file), 1);
        foreach (var size in (int[])[400, 400, 400, 900])
            await Put($"{size}.bin", size * 1024);
        var before = await World.FileIds((await link.State()).ItopId!);
        var attempt = World.Attempt(new ItopCall.Attach(file), inDoubt: World.Now.AddHours(-1));

        (await Limited.Call(attempt, await link.State(), new ItopCall.Attach(file), default)).ShouldBeOfType<Answer.Done>();

        (await World.FileIds((await link.State()).ItopId!)).Count().ShouldBe(before.Count() + (isThere ? 0 : 1));
    }

    [Fact]
    public async Task One_of_the_group_s_that_is_too_large_to_be_read_is_refused()
    {
        await Put("trop.bin", 900 * 1024);
        var id = (await World.FileIds((await link.State()).ItopId!)).Last();

        (await Should.ThrowAsync<ItopException>(async () =>
            await Limited.Fetch(await link.State(), new ItopCall.Fetch(id), default)
        )).Answer.ShouldBeOfType<Answer.Refused>().Cause.ShouldBe(Cause.TooLarge);
    }

    [Fact]
    public async Task One_of_the_group_s_over_25_MiB_does_not_cross()
    {
        await Put("gros.bin", (int)IFiles.MostBytes + 1);
        await link.Poll();

        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Refused>().Cause.ShouldBe(Cause.TooLarge);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("{}")]
    [InlineData("""{"data":"***","filename":7}""")]
    public async Task One_that_iTop_shows_oddly_is_refused_and_hides_no_other(string contents)
    {
        var file = new FileClaim(await World.Files.Put(LinkWorld.Ticket, "x"u8.ToArray(), default), 1, "x.txt", "text/plain");
        await Put(Echo.NameOf(file), 1);
        await Put("odd.bin", 1);
        var odd = (await World.FileIds((await link.State()).ItopId!)).Last();
        World.Show(body =>
            body.Contains("odd.bin") ? Regex.Replace(body, "\"contents\":\\{[^}]*\\}", $"\"contents\":{contents}") : body
        );
        var attempt = World.Attempt(new ItopCall.Attach(file), inDoubt: World.Now.AddHours(-1));

        (await World.Attach.Call(attempt, await link.State(), new ItopCall.Attach(file), default)).ShouldBeOfType<Answer.Done>();
        (await World.Attach.Fetch(await link.State(), new ItopCall.Fetch(odd), default)).ShouldBeOfType<Answer.Refused>();
    }

    [Fact]
    public void The_longest_name_is_as_long_in_iTop_and_the_one_of_the_release_before_is_known()
    {
        var file = new FileClaim(new string('a', 64), 1, new string('n', 196) + ".pdf", "text/plain");

        Echo.NameOf(file).ShouldSatisfyAllConditions(
            name => name.Length.ShouldBe(FileClaim.MostName),
            name => name.ShouldStartWith("aaaaaa-n"),
            name => name.ShouldEndWith(".pdf"),
            name => Echo.HasNameOf(file, name).ShouldBeTrue()
        );
        Echo.HasNameOf(file, $"aaaaaa-{file.Name}").ShouldBeTrue();
        Echo.HasNameOf(file, file.Name).ShouldBeFalse();
    }

    async Task Put(string name, int size) =>
        await World.Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/create",
                ["class"] = "Attachment",
                ["comment"] = "test",
                ["fields"] = AttachFile.Fields((await link.State()).ItopId!, "1", name, "application/pdf", new byte[size]),
                ["output_fields"] = "id",
            },
            default
        );
}
