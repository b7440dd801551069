using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>An id that iTop gave again, or gave away: nothing crosses in either direction; what only looks otherwise
/// stops nothing.</summary>
[Collection(Measured.Alone)]
public sealed class StoppedLinkTests : IAsyncLifetime
{
    LinkWorld link = null!;

    ItopWorld World => link.World;

    public async ValueTask InitializeAsync() => link = await LinkWorld.Opened();

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Theory]
    [InlineData("id given again", "organisation")]
    [InlineData("id given again in the same school", "started")]
    [InlineData("moved", "organisation")]
    [InlineData("another key", "key")]
    public async Task What_contradicts_the_link_stops_it_in_both_directions_files_included(string what, string why)
    {
        using var measured = new Measured();
        var id = await Contradict(what);
        await World.Say(id, "les mots d’un autre");
        await World.PutFile(id, "d’un autre.txt");
        await link.Poll();

        var before = (await World.Requests()).Single(read => read.Id == id);
        await link.Comment("les mots de l’école");
        await Attach("de l’école.txt");
        (await link.Call()).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("/v1/links/stopped");
        (await link.Call()).ShouldBeNull("its lane waits for a person");
        await link.Poll();

        (await link.Said()).OfType<LinkStopped>().ShouldHaveSingleItem().Why.ShouldBe(why);
        (await Crossed()).ShouldBeEmpty();
        (await World.Requests()).Single(read => read.Id == id).Log.ShouldBe(before.Log);
        (await World.FilesOn(id)).ShouldBe(["d’un autre.txt"]);
        measured.Counted("groupticketing.itop.links_stopped").ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("id given again")]
    [InlineData("id given again in the same school")]
    [InlineData("moved")]
    public async Task Before_any_poll_the_write_itself_finds_out(string what)
    {
        await link.Comment("les mots de l’école");
        await Attach("de l’école.txt");
        var id = await Contradict(what);

        (await link.Call()).ShouldBeOfType<Answer.Refused>();

        (await link.Said()).OfType<LinkStopped>().ShouldHaveSingleItem();
        (await World.Requests()).Single(read => read.Id == id).Log.ShouldBeEmpty();
        (await World.FilesOn(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_alone_finds_out_as_well()
    {
        await Attach("de l’école.txt");
        var id = await Contradict("moved");

        (await link.Call()).ShouldBeOfType<Answer.Refused>();

        (await World.FilesOn(id)).ShouldBeEmpty();
        (await link.State()).Stopped.ShouldBe("organisation");
    }

    [Theory]
    [InlineData("title tidied")]
    [InlineData("organisation renamed")]
    [InlineData("module installed later")]
    [InlineData("zone corrected")]
    public async Task What_only_looks_otherwise_stops_nothing(string what)
    {
        var id = (await link.State()).ItopId!;
        await (what switch
        {
            "title tidied" => World.Edit(id, "title", "Compte de Mme T."),
            "organisation renamed" => World.Rename("Organization", "INSA Lyon", "INSA Lyon (Villeurbanne)"),
            "module installed later" => World.Install(module: true),
            _ => World.Fault(new { logShownHoursLater = 1 }),
        });
        World.Key.Forget();
        await World.Say(id, "les mots du groupe");
        await World.PutFile(id, "du groupe.txt");
        await link.Poll();
        await link.Comment("les mots de l’école");
        await Attach("de l’école.txt");
        for (var calls = 0; calls < 2; calls++)
            (await link.Call()).ShouldBeOfType<Answer.Done>();
        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>();
        await link.Poll();

        (await Crossed()).Select(fact => fact.GetType().Name).ShouldBe(["GroupCommented", "GroupAttached"]);
        (await link.Said()).OfType<LinkStopped>().ShouldBeEmpty();
        (await World.FilesOn(id)).Count.ShouldBe(2);
        (await World.Requests()).Single(read => read.Id == id).Log.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_is_the_same_all_the_same_and_what_waited_crosses()
    {
        var id = await Contradict("moved");
        await World.Say(id, "pendant l’arrêt");
        await World.PutFile(id, "pendant.txt");
        await link.Poll();
        await link.Comment("les mots de l’école");
        await link.Call();

        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, null));
        (await link.Call(Lanes.Settles)).ShouldBeOfType<Answer.Done>();
        (await link.Call()).ShouldBeOfType<Answer.Done>("its lane goes on");
        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>();

        (await link.Said()).OfType<LinkResumed>().ShouldHaveSingleItem();
        (await Crossed()).Select(fact => fact.GetType().Name).ShouldBe(["GroupCommented", "GroupAttached"]);
        (await World.Requests()).Single(read => read.Id == id).Log.Count.ShouldBe(2);
        await link.Poll();
        (await link.State()).Stopped.ShouldBeNull("its new organisation is noted");
    }

    [Fact]
    public async Task It_is_bound_to_another_reference_and_goes_on_there()
    {
        await Contradict("id given again");
        var other = await World.Stranger("La vraie");
        await link.Poll();
        await link.Comment("les mots de l’école");
        await link.Call();
        var reference = (await World.Requests()).Single(read => read.Id == other).Reference;

        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, "R-999999"));
        await link.Call(Lanes.Settles);
        (await link.Said()).OfType<LinkStopped>().Last().Why.ShouldBe("unknown", "a reference that is none leaves it stopped");
        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, reference));
        (await link.Call(Lanes.Settles)).ShouldBeOfType<Answer.Done>();
        (await link.Call()).ShouldBeOfType<Answer.Done>();

        (await link.Said())
            .OfType<GroupTicketOpened>()
            .Last()
            .ShouldSatisfyAllConditions(said => said.ItopId.ShouldBe(other), said => said.Reference.ShouldBe(reference));
        (await World.Requests())
            .Single(read => read.Id == other)
            .Log.ShouldHaveSingleItem()
            .Text.ShouldContain("les mots de l’école");
    }

    [Fact]
    public async Task Opened_anew_what_waited_is_written_into_the_new_one()
    {
        var id = await Contradict("id given again");
        await link.Poll();
        await link.Comment("les mots de l’école");
        await Attach("de l’école.txt");
        await link.Call();

        await link.Hear(ItopPlay.AskedAgain);
        while (await link.Call() is { } answer)
            answer.ShouldBeOfType<Answer.Done>();

        var state = await link.State();
        state.ItopId.ShouldNotBe(id);
        var anew = (await World.Requests()).Single(read => read.Id == state.ItopId);
        anew.Log.ShouldHaveSingleItem().Text.ShouldContain("les mots de l’école");
        (await World.FilesOn(state.ItopId!)).ShouldHaveSingleItem()!.ShouldEndWith("de l’école.txt");
        (await World.Requests()).Single(read => read.Id == id).Log.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("anew")]
    [InlineData("another reference")]
    public async Task A_file_that_stood_on_another_s_request_is_forgotten_with_it(string how)
    {
        var id = await Contradict("moved");
        var other = await World.Stranger("La vraie");
        await World.PutFile(id, "d’un autre.txt");
        await link.Hear(new AttachmentSeen(ItopPlay.Asked.Heading.TicketId, id, (await World.FileIds(id)).Single()));
        await link.Poll();

        if (how == "anew")
        {
            await link.Hear(ItopPlay.AskedAgain);
        }
        else
        {
            await link.Hear(
                new GroupLinkSettled(ItopPlay.Asked.Heading, (await World.Requests()).Single(read => read.Id == other).Reference)
            );
            await link.Call(Lanes.Settles);
        }

        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>(
            "before it is created, and without asking for a request without an id"
        );
        (await Crossed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_to_be_fetched_from_the_generation_before_comes_from_there()
    {
        var id = (await link.State()).ItopId!;
        await World.PutFile(id, "du groupe.txt");
        await link.Poll();

        await link.Hear(ItopPlay.AskedAgain);
        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>();

        (await Crossed()).ShouldHaveSingleItem().ShouldBeOfType<GroupAttached>().File.Name.ShouldBe("du groupe.txt");
    }

    [Fact]
    public async Task A_second_look_at_a_request_that_is_opened_anew_asks_for_nothing()
    {
        await link.Hear(new LookAgain(ItopPlay.Asked.Heading.TicketId));
        await link.Hear(ItopPlay.AskedAgain);
        (await link.Call(Lanes.Reads)).ShouldBeOfType<Answer.Done>();

        await link.Hear(new LookAgain(ItopPlay.Asked.Heading.TicketId));
        (await link.Call(Lanes.Reads)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_people_s_answers_the_first_holds_and_the_other_holds_nothing_up()
    {
        await Contradict("moved");
        await link.Poll();

        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, null));
        await link.Hear(ItopPlay.AskedAgain);

        (await link.Call(Lanes.Settles)).ShouldBeOfType<Answer.Done>();
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        (await link.Said()).OfType<LinkResumed>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "same")]
    [InlineData(true, "anew")]
    [InlineData(false, "same")]
    [InlineData(false, "anew")]
    public async Task An_attempt_that_a_person_s_answer_overtakes_holds_its_lane_no_longer(bool afterTheStop, string how)
    {
        await Contradict("moved");
        await link.Comment("les mots de l’école");
        if (afterTheStop)
            await link.Poll();
        var tried = await link.Try();
        tried!.Value.Answer.ShouldBeOfType<Answer.Refused>();
        if (!afterTheStop)
            await link.Poll();

        if (how == "anew")
        {
            await link.Hear(ItopPlay.AskedAgain);
        }
        else
        {
            await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, null));
            (await link.Call(Lanes.Settles)).ShouldBeOfType<Answer.Done>();
        }
        await link.Settle(tried);

        (await link.State()).Stopped.ShouldBeNull();
        while (await link.Call() is { } answer)
            answer.ShouldBeOfType<Answer.Done>();
        var state = await link.State();
        (await World.Requests())
            .Single(read => read.Id == state.ItopId)
            .Log.ShouldHaveSingleItem()
            .Text.ShouldContain("les mots de l’école");
    }

    [Fact]
    public async Task What_was_to_be_written_where_nothing_is_any_more_is_written_into_the_one_that_a_person_named()
    {
        await link.Comment("les mots de l’école");
        var state = await link.State();
        var entry = state.Entries.ShouldHaveSingleItem();
        var write = new ItopCall.Write(GroupWish.Comment, entry.Number, entry.Text);

        var gone = new Answer.Done(new GroupTicketGone(ItopPlay.Asked.Heading.TicketId, "99999"));
        var settled = World.Decider.Settle(state, World.Attempt(write), gone, World.Now);

        settled
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Call>()
            .Body.ShouldBeOfType<ItopCall.Write>()
            .Text!.ShouldContain("les mots de l’école");
    }

    [Fact]
    public async Task A_link_of_the_release_before_takes_its_identity_at_the_first_reading()
    {
        var old = (await link.State()) with { Bound = null };
        var read = await World.Read(old);
        var moved = read with { Read = read.Read with { OrganisationId = "77" }, Began = read.Began.AddSeconds(5) };

        var first = World.Decider.Decide(old, read with { Began = read.Began.AddSeconds(5) }, World.Now);
        first.Effects.ShouldBeEmpty();
        first.State.Bound!.Organisation.ShouldNotBeNull();

        World.Decider.Decide(first.State, moved, World.Now).State.Stopped.ShouldBe("organisation");
        World.Decider.Decide(old, moved, World.Now).State.Stopped.ShouldBeNull("nothing was known to contradict");
    }

    [Theory]
    [InlineData("[todo:demain] Titre", false)]
    [InlineData("[lyon:9999] Titre", true)]
    public void Only_a_school_s_key_is_a_key(string title, bool stops)
    {
        var play = ItopPlay.Opened();
        var rules = ItopPlay.Rules with { Schools = new HashSet<string> { "lyon" } };

        (Binding.Contradiction(play.Ticket, play.Itop with { Title = title }, rules) is not null).ShouldBe(stops);
    }

    async Task<string> Contradict(string what)
    {
        var id = (await link.State()).ItopId!;
        World.Clock.Advance(TimeSpan.FromSeconds(3));
        switch (what)
        {
            case "id given again":
                return await World.GiveIdAgain(id, "INSA Toulouse");
            case "id given again in the same school":
                return await World.GiveIdAgain(id, "INSA Lyon");
            case "moved":
                await World.Edit(id, "org_id", await World.Organisation("INSA Toulouse"));
                return id;
            default:
                await World.Edit(id, "title", "[lyon:9999] Titre");
                return id;
        }
    }

    async Task Attach(string name)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        var hash = await World.Files.Put(LinkWorld.Ticket, bytes, default);
        await link.Hear(
            new GroupUpdateWanted(
                ItopPlay.Asked.Heading,
                GroupWish.Attach,
                File: new FileClaim(hash, bytes.Length, name, "text/plain")
            )
        );
    }

    async Task<IReadOnlyList<Fact>> Crossed() => [.. (await link.Said()).Where(fact => fact is GroupCommented or GroupAttached)];
}
