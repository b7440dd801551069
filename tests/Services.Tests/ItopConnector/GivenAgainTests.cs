using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>An id that iTop gave again, once its former ticket has nothing to do with it any more: whoever it is of now
/// can be linked to it, and hears of it.</summary>
[Collection(Measured.Alone)]
public sealed class GivenAgainTests : IAsyncLifetime
{
    static readonly Guid other = TicketIds.OfSchool("toulouse", "77");
    static readonly Guid neighbour = TicketIds.OfSchool("lyon", "78");

    LinkWorld link = null!;

    ItopWorld World => link.World;

    public async ValueTask InitializeAsync()
    {
        link = new LinkWorld(
            await ItopWorld.Start(Demo.Lyon, Demo.Toulouse with { MirrorFrom = DateOnly.FromDateTime(Demo.Now.DateTime) })
        );
        await link.Hear(ItopPlay.Asked);
        (await link.Call()).ShouldBeOfType<Answer.Done>();
    }

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Theory]
    [InlineData("anew")]
    [InlineData("another reference")]
    public async Task Once_a_person_has_settled_the_former_link_another_school_links_it(string how)
    {
        var id = await Stopped();
        (await Linked(id)).ShouldBe("taken", "a person may still say that it is the same");

        await Settle(how);

        (await World.Links.Find(id, default)).ShouldBeNull();
        (await Linked(id)).ShouldBe(id);
        (await link.State()).ItopId.ShouldNotBe(id);
    }

    [Fact]
    public async Task And_it_is_found_for_its_school_although_nobody_touches_it_there()
    {
        var id = await Stopped();
        World.Clock.Advance(TimeSpan.FromMinutes(10));
        await link.Poll();
        (await Found(id)).ShouldBeNull();

        await Settle("anew");
        await link.Poll();

        (await Found(id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_another_has_claimed_since_is_not_released_however_often_that_is_tried()
    {
        var id = await Stopped();
        await Settle("anew");
        (await Linked(id)).ShouldBe(id);

        var free = new ItopCall.LetGo(id);
        for (var times = 0; times < 2; times++)
            (await World.Adapter(link.Documents).Call(World.Attempt(free), default)).ShouldBeOfType<Answer.Done>();

        (await World.Links.Find(id, default)).ShouldBe(other);
    }

    [Fact]
    public async Task What_was_given_to_the_same_ticket_again_is_not_released()
    {
        var id = (await link.State()).ItopId!;

        await World.Adapter(link.Documents).Call(World.Attempt(new ItopCall.LetGo(id)), default);

        (await World.Links.Find(id, default)).ShouldBe(ItopPlay.Asked.Heading.TicketId);
    }

    [Fact]
    public async Task A_person_s_same_takes_nothing_from_the_school_that_it_is_of_by_now()
    {
        var id = await Stopped();
        await World.Links.Keep(id, other, default);

        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, null));
        await link.Call(Lanes.Settles);

        (await link.State()).Stopped.ShouldBe("taken");
        (await World.Links.Find(id, default)).ShouldBe(other);
    }

    [Fact]
    public async Task An_answer_that_comes_after_another_person_s_keeps_nothing_from_others()
    {
        await Stopped();
        var asked = await World.Stranger("La vraie");
        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, await Reference(asked)));
        var tried = await link.Try(Lanes.Settles);
        await link.Hear(ItopPlay.AskedAgain);
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        await link.Settle(tried);

        while (await link.Call(Lanes.Reads) is { } answer)
            answer.ShouldBeOfType<Answer.Done>();

        (await World.Links.Find(asked, default)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_skipped_answer_had_claimed_is_to_be_had_all_the_same()
    {
        await Stopped();
        var named = await World.Stranger("La vraie");
        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, await Reference(named)));
        await link.Try(Lanes.Settles);
        (await Linked(named, neighbour, "INSA Lyon")).ShouldBe("taken", "its answer may still come");

        await link.Hear(ItopPlay.AskedAgain);
        (await Linked(named, neighbour, "INSA Lyon")).ShouldBe("taken", "that one is not created yet");
        (await link.Call()).ShouldBeOfType<Answer.Done>();

        (await Linked(named, neighbour, "INSA Lyon")).ShouldBe(named);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("buried")]
    [InlineData("an earlier generation's")]
    public async Task Of_a_link_that_is_over_it_is_let_go_without_asking_anybody(string which)
    {
        var id = (await link.State()).ItopId!;
        await World.Edit(id, "description", "vu");
        await link.Hear(new GroupUpdateWanted(ItopPlay.Asked.Heading, GroupWish.Close));
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        await link.Poll();
        if (which == "buried")
            await Bury();
        if (which == "an earlier generation's")
        {
            await link.Hear(ItopPlay.AskedAgain);
            (await link.Call()).ShouldBeOfType<Answer.Done>();
        }
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        await World.GiveIdAgain(id, "INSA Toulouse");
        await link.Poll();
        while (await link.Call(Lanes.Reads) is { } answer)
            answer.ShouldBeOfType<Answer.Done>();
        await link.Poll();

        (await World.Links.Find(id, default)).ShouldBeNull();
        (await Found(id)).ShouldNotBeNull();
        (await link.State()).Stopped.ShouldBeNull();
    }

    // The request is another school's by now, and the link stands still.
    async Task<string> Stopped()
    {
        World.Clock.Advance(TimeSpan.FromSeconds(3));
        var id = await World.GiveIdAgain((await link.State()).ItopId!, "INSA Toulouse");
        await link.Poll();
        (await link.State()).Stopped.ShouldBe("organisation");
        return id;
    }

    async Task Settle(string how)
    {
        if (how == "anew")
        {
            await link.Hear(ItopPlay.AskedAgain);
            (await link.Call()).ShouldBeOfType<Answer.Done>();
        }
        else
        {
            var reference = await Reference(await World.Stranger("La vraie"));
            await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, reference));
            (await link.Call(Lanes.Settles)).ShouldBeOfType<Answer.Done>();
        }
        while (await link.Call(Lanes.Reads) is { } answer)
            answer.ShouldBeOfType<Answer.Done>();
    }

    // The support links its ticket to it: which id it has now, or why it has none.
    async Task<string> Linked(string id, Guid? ticket = null, string school = "INSA Toulouse")
    {
        var (wanting, key) = (ticket ?? other, $"{ticket ?? other:N}");
        var before = (await link.Documents.Read(key, default))?.State.Generation ?? 0;
        var wanted = new GroupLinkWanted(
            new Heading(wanting, school, World.Now),
            new SchoolTicket("77", "77", Generation: before + 1),
            school,
            school,
            "Titre",
            await Reference(id)
        );
        await link.Documents.Transact(key, new Hearing(null, default, null, wanted), default);
        IDocuments documents = link.Documents;
        var attempt = (await documents.Claim(key, Lanes.Writes, TimeSpan.FromSeconds(30), default))!;
        var answer = await World.Adapter(link.Documents).Call(attempt, default);
        await documents.Settle(attempt, answer, TimeSpan.FromSeconds(1), default);
        return (answer.Result as NotAdopted)?.Why ?? (await link.Documents.Read(key, default))!.State.ItopId!;
    }

    async Task<string> Reference(string id) => (await World.Requests()).Single(read => read.Id == id).Reference;

    async Task<GroupTicket?> Found(string id) => (await link.Documents.Read($"{TicketIds.OfItop(id):N}", default))?.State;

    async Task Bury()
    {
        World.Clock.Advance(TimeSpan.FromDays(31));
        (await ((IDocuments)link.Documents).Again(LinkWorld.Ticket, "itop-routing", 1, default)).Messages.ShouldNotBeEmpty();
        await ((IDocuments)link.Documents).Confirmed(LinkWorld.Ticket, "itop-routing", new(1, 100), default);
        (await ((IDocuments)link.Documents).End(LinkWorld.Ticket, default)).ShouldBeTrue();
        (await link.State()).IsTombstone.ShouldBeTrue();
    }
}
