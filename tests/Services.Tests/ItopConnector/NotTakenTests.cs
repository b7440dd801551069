using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>What is pending for an earlier group ticket that was never opened, or is no more, ends by itself: the next one
/// is created, and of people's words that are not in it the school hears.</summary>
[Collection(Measured.Alone)]
public sealed class NotTakenTests : IAsyncLifetime
{
    LinkWorld link = null!;

    ItopWorld World => link.World;

    public async ValueTask InitializeAsync() => link = new LinkWorld(await ItopWorld.Start());

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Fact]
    public async Task A_creation_given_up_holds_the_next_one_up_no_longer_than_the_skip()
    {
        var file = await File("de l’école.txt");
        await link.Hear(ItopPlay.Asked with { Handover = ItopPlay.Asked.Handover with { Files = [file] } });
        await link.Comment("les mots de l’école");
        await link.Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Withdraw, Text: "repris"));
        await link.Hear(ItopPlay.AskedAgain);
        await Skip();

        await PayAll();

        var created = (await World.Requests()).ShouldHaveSingleItem();
        ((await link.State()).ItopId, created.Status).ShouldBe((created.Id, "new"));
        created.Log.ShouldBeEmpty();
        (await Untaken()).Select(said => said.Text ?? said.File).ShouldBe(["de l’école.txt", "les mots de l’école"]);
        (await link.Said()).OfType<OpeningGivenUp>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_up_before_the_next_was_asked_for_it_is_the_same()
    {
        await link.Hear(ItopPlay.Asked);
        await link.Comment("les mots de l’école");
        await Skip();
        await link.Hear(ItopPlay.AskedAgain);

        await PayAll();

        (await World.Requests()).ShouldHaveSingleItem().Log.ShouldBeEmpty();
        (await Untaken()).ShouldHaveSingleItem().Text.ShouldBe("les mots de l’école");
    }

    [Fact]
    public async Task What_the_next_one_was_handed_over_with_is_not_told_to_be_lost()
    {
        var file = await File("de l’école.txt");
        await link.Hear(ItopPlay.Asked with { Handover = ItopPlay.Asked.Handover with { Files = [file] } });
        await link.Comment("les mots de l’école");
        await Skip();
        var comment = new EarlierComment("c1", new Author(Role.Requester), World.Now, "les mots de l’école\n");
        await link.Hear(
            ItopPlay.AskedAgain with
            {
                Handover = ItopPlay.AskedAgain.Handover with { Files = [file], Comments = [comment] },
            }
        );

        await PayAll();

        (await Untaken()).ShouldBeEmpty();
        (await World.FilesOn((await link.State()).ItopId!)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_pair_that_was_refused_holds_nothing_up_either_and_what_follows_in_the_next_pair_is_not_lost()
    {
        await link.Hear(Wanted("R-999999", 1));
        await link.Comment("les mots de l’école");
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        var other = await World.Stranger("La vraie");
        await link.Hear(Wanted((await World.Requests()).Single(read => read.Id == other).Reference, 2));
        await link.Comment("les mots de l’école");

        await PayAll();

        (await World.Requests()).ShouldHaveSingleItem().Log.ShouldHaveSingleItem().Text.ShouldContain("les mots de l’école");
        (await Untaken()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("given again")]
    [InlineData("deleted")]
    [InlineData("moved")]
    public async Task So_does_one_that_is_no_more_and_nothing_of_it_is_written_elsewhere(string what)
    {
        await link.Hear(ItopPlay.Asked);
        await PayAll();
        var id = (await link.State()).ItopId!;
        await World.PutFile(id, "du groupe.txt");
        await link.Poll();
        await link.Comment("les mots de l’école");
        await link.Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Attach, File: await File("de l’école.txt")));
        await link.Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Withdraw, Text: "repris"));
        await link.Hear(ItopPlay.AskedAgain);
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        await (what switch
        {
            "given again" => World.GiveIdAgain(id, "INSA Toulouse"),
            "deleted" => World.Delete(id),
            _ => World.Edit(id, "org_id", (await World.Organisation("INSA Toulouse"))),
        });

        await PayAll();

        var state = await link.State();
        state.ItopId.ShouldNotBeNull();
        (await World.Requests()).ShouldAllBe(read => read.Status == "new" && read.Log.Count == 0);
        (await Untaken()).Select(said => said.Text ?? said.File).ShouldBe(["les mots de l’école", "de l’école.txt"]);
        (await World.FilesOn(state.ItopId!)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(GroupWish.Comment, 1)]
    [InlineData(GroupWish.Withdraw, 0)]
    public async Task That_it_was_deleted_is_found_out_while_the_next_one_is_asked_for(GroupWish wish, int untaken)
    {
        await link.Hear(ItopPlay.Asked);
        await PayAll();
        await link.Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, wish, new Author(Role.Support), "les mots de l’école"));
        await World.Delete((await link.State()).ItopId!);
        var tried = await link.Try();
        await link.Hear(ItopPlay.AskedAgain);
        await link.Settle(tried);

        await PayAll();

        (await World.Requests()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            read => read.Status.ShouldBe("new"),
            read => read.Log.ShouldBeEmpty()
        );
        (await Untaken()).Count.ShouldBe(untaken);
    }

    [Fact]
    public async Task What_its_school_took_back_while_it_was_stopped_does_not_close_the_next_one()
    {
        await link.Hear(ItopPlay.Asked);
        await PayAll();
        World.Clock.Advance(TimeSpan.FromSeconds(3));
        var id = (await link.State()).ItopId!;
        await World.Edit(id, "org_id", await World.Organisation("INSA Toulouse"));
        await link.Poll();
        await link.Comment("les mots de l’école");
        await link.Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Withdraw, Text: "repris"));
        (await link.Call()).ShouldBeOfType<Answer.Refused>();

        await link.Hear(ItopPlay.AskedAgain);
        await PayAll();

        (await World.Requests()).ShouldAllBe(read => read.Status == "new" && read.Log.Count == 0);
        (await Untaken()).ShouldHaveSingleItem().Text.ShouldBe("les mots de l’école");
        (await World.Links.Find(id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task One_that_is_only_not_seen_waits_for_a_person()
    {
        await link.Hear(ItopPlay.Asked);
        await PayAll();
        var id = (await link.State()).ItopId!;
        await link.Comment("les mots de l’école");
        await link.Hear(ItopPlay.AskedAgain);
        await World.Delete(id);
        await World.Rename("Organization", "INSA Lyon", "INSA Lyon (Villeurbanne)");
        World.Show(answer =>
            answer.Contains("Organization", StringComparison.Ordinal) ? """{"code":0,"message":"","objects":null}""" : answer
        );

        (await link.Call()).ShouldBeOfType<Answer.Refused>();
    }

    static GroupLinkWanted Wanted(string reference, int generation) =>
        new(
            ItopPlay.Asked.Heading,
            new SchoolTicket("4512", "4512", Generation: generation),
            "INSA Lyon",
            "INSA Lyon",
            "Titre",
            reference
        );

    async Task<FileClaim> File(string name)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        return new FileClaim(await World.Files.Put(LinkWorld.Ticket, bytes, default), bytes.Length, name, "text/plain");
    }

    // A person skips what stands first.
    async Task Skip() =>
        (await ((IDocuments)link.Documents).Skip(LinkWorld.Ticket, Lanes.Writes, _ => true, default)).ShouldBeTrue();

    async Task PayAll()
    {
        foreach (var lane in new[] { Lanes.Writes, Lanes.Reads })
        {
            while (await link.Call(lane) is { } answer)
                answer.ShouldBeOfType<Answer.Done>();
        }
    }

    async Task<IReadOnlyList<GroupUpdateNotTaken>> Untaken() => [.. (await link.Said()).OfType<GroupUpdateNotTaken>()];
}
