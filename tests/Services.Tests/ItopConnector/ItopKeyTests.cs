using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>Our key in an iTop with our module and in one without, and while the module comes and goes.</summary>
[Collection(Measured.Alone)]
public class ItopKeyTests : IAsyncLifetime
{
    static readonly ItopCall.Create create = new();

    ItopWorld world = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(false, "[lyon:4512] Titre", null)]
    [InlineData(true, "Titre", "lyon:4512")]
    public async Task It_is_kept_where_this_iTop_has_a_place_for_it(bool module, string title, string? key)
    {
        world = await ItopWorld.Start(module);

        await Open();

        var request = (await world.Requests()).ShouldHaveSingleItem();
        (request.Title, request.Key).ShouldBe((title, key));
        world.Logged.ShouldBe([$"Information: our key in iTop is kept in {(module ? "external_ref" : "the title")}"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_doubt_it_is_found_by_its_key_and_opened_once(bool module)
    {
        world = await ItopWorld.Start(module);
        var first = await Open();

        (await Open(inDoubt: true)).Id.ShouldBe(first.Id);

        (await world.Requests()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_link_survives_an_edit_of_the_title_by_iTop_s_id(bool module)
    {
        world = await ItopWorld.Start(module);
        var ticket = await world.Opened();
        await world.Edit(ticket.ItopId!, "title", "Compte de Mme T.");
        world.Clock.Advance(TimeSpan.FromSeconds(5));

        var read = (await world.Poll.Changed(world.Now, default)).Ours.ShouldHaveSingleItem();

        (await world.Links.TicketOf(read.Id, read.Bears, default)).ShouldBe(ItopPlay.Asked.Heading.TicketId);
        var call = new ItopCall.Write(GroupWish.Comment, 1, "texte\n— INSA Lyon · n° 1");
        (await world.Write.Call(world.Attempt(call), ticket, call, default)).ShouldBeOfType<Answer.Done>();
    }

    [Theory]
    [InlineData(false, "[lyon:4512] Titre", null)]
    [InlineData(true, "Titre", "lyon:4512")]
    [InlineData(true, "[lyon:4512] Titre", null)]
    public async Task A_poll_brings_the_creation_that_nobody_answered_for(bool module, string title, string? key)
    {
        world = await ItopWorld.Start(module);
        await world
            .Documents()
            .Transact(ItopPlay.Asked.Heading.TicketId.ToString("N"), new Hearing(null, default, null, ItopPlay.Asked), default);
        var id = await world.Stranger(title, key: key);
        await world.Stranger("[lyon:4513] d’un autre", key: module ? "lyon:4513" : null);

        var read = (await world.Poll.Changed(world.Now, default)).Ours.ShouldHaveSingleItem();

        read.Id.ShouldBe(id);
        var asked = world.Decider.Decide(world.Decider.Empty, ItopPlay.Asked, world.Now).State;
        world
            .Decider.Decide(asked, new TicketRead(ItopPlay.Asked.Heading.TicketId, read, world.Now), world.Now)
            .State.ItopId.ShouldBe(id);
    }

    [Fact]
    public async Task The_module_s_rule_refuses_a_second_creation_and_the_first_one_is_taken()
    {
        world = await ItopWorld.Start(module: true);
        var first = await Open();

        var second = await Open();

        second.Id.ShouldBe(first.Id);
        (await world.Requests()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_that_differs_in_its_capitals_is_another_ticket_s_and_is_refused_in_words()
    {
        world = await ItopWorld.Start(module: true);
        await world.Stranger("d’un autre", key: "LYON:4512");

        var refused = (await Should.ThrowAsync<ItopException>(() => Open())).Answer.ShouldBeOfType<Answer.Refused>();

        refused.Reason.ShouldContain("iTop has one like it already (external_ref)");
    }

    [Fact]
    public async Task Opened_in_the_title_before_the_module_came_it_is_found_after_and_its_twin_closed()
    {
        using var measured = new Measured();
        world = await ItopWorld.Start();
        var before = await Open();
        await world.Install(module: true);
        var twin = await world.Stranger("Titre", key: "lyon:4512");

        (await Open(inDoubt: true)).Id.ShouldBe(before.Id);

        (await world.Requests()).Select(read => (read.Id, read.Status)).ShouldBe([(before.Id, "new"), (twin, "closed")]);
        measured.Counted("groupticketing.itop.twins").ShouldBe(["1"]);
    }

    [Fact]
    public async Task In_doubt_it_is_asked_anew_whether_the_module_is_there_as_another_process_may_have_known()
    {
        world = await ItopWorld.Start();
        await world.Key.IsThere(default);
        await world.Install(module: true);
        var theirs = await world.Stranger("Titre", key: "lyon:4512");

        (await Open(inDoubt: true)).Id.ShouldBe(theirs);
    }

    [Fact]
    public async Task A_module_that_came_is_used_within_the_hour()
    {
        world = await ItopWorld.Start();
        await world.Key.IsThere(default);
        await world.Install(module: true);
        (await world.Key.IsThere(default)).ShouldBeFalse("it was asked a moment ago");

        world.Clock.Advance(TimeSpan.FromHours(1));

        (await world.Key.IsThere(default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_takes_the_polling_over_asks_anew()
    {
        world = await ItopWorld.Start();
        await world.Key.IsThere(default);
        await world.Install(module: true);

        world.Poll.Forget();

        (await world.Key.IsThere(default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_module_that_went_stops_neither_a_creation_nor_a_poll()
    {
        world = await ItopWorld.Start(module: true);
        await world.Key.IsThere(default);
        await world.Install(module: false);

        (await Open()).Title.ShouldBe("[lyon:4512] Titre");

        await world.Install(module: true);
        await world.Key.Ask(default);
        await world.Install(module: false);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        (await world.Poll.Changed(world.Now, default)).Ours.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_title_that_looks_like_a_key_is_no_key_where_the_attribute_says_whose_it_is()
    {
        world = await ItopWorld.Start(module: true);
        var other = ItopPlay.Asked with
        {
            Heading = ItopPlay.Asked.Heading with { TicketId = TicketIds.OfSchool("lyon", "99") },
            Handover = ItopPlay.Asked.Handover with
            {
                Ticket = new SchoolTicket("99", "99"),
                Title = "[lyon:4512] piège",
            },
        };
        await world.Open.Call(world.Attempt(new ItopCall.Create()), other, default);
        await world.Stranger("[lyon:4512] autre piège", key: "lyon:98");

        var ours = await Open(inDoubt: true);

        ours.Key.ShouldBe("lyon:4512");
        var requests = await world.Requests();
        requests.Select(read => read.Status).ShouldAllBe(status => status == "new");
        requests[0].Title.ShouldBe("[lyon:99] [lyon:4512] piège", "were the module taken away, the title would say it");
    }

    [Fact]
    public async Task Without_a_title_the_key_stands_for_it()
    {
        world = await ItopWorld.Start(module: true);
        var asked = ItopPlay.With(" ");

        await world.Open.Call(world.Attempt(new ItopCall.Create()), asked, default);

        (await world.Requests()).ShouldHaveSingleItem().Title.ShouldStartWith("[lyon:4512]");
    }

    [Fact]
    public async Task Outside_a_doubt_it_costs_one_call_an_hour()
    {
        world = await ItopWorld.Start(module: true);
        var next = ItopPlay.AskedAgain;
        await Open();
        await world.Open.Call(world.Attempt(new ItopCall.Create(2)), next, default);

        world
            .Asked.Count(asked => (string)asked["class"]! == "UserRequest")
            .ShouldBe(3, "the question whether the module is there, and two creations");
    }

    async Task<ItopRead> Open(bool inDoubt = false) =>
        (await world.Open.Call(world.Attempt(create, inDoubt ? world.Now.AddMinutes(-2) : null), ItopPlay.Asked, default))
            .ShouldBeOfType<Answer.Done>()
            .Result.ShouldBeOfType<ItopRead>();
}
