using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>A request of another organisation that bears the key of a ticket that waits to be opened: in the title or
/// in our attribute, in the poll or in the search.</summary>
[Collection(Measured.Alone)]
public sealed class ForeignKeyTests : IAsyncDisposable
{
    ItopWorld world = null!;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task One_with_the_reference_that_a_ticket_is_to_be_linked_to_is_not_taken_either()
    {
        world = await ItopWorld.Start();
        var link = new LinkWorld(world);
        var foreign = await world.Stranger("[lyon:4512] Panne", "INSA Toulouse");
        await world.Say(foreign, "les mots d’un autre");
        var reference = (await world.Requests()).Single(read => read.Id == foreign).Reference;
        await link.Hear(
            new GroupLinkWanted(
                ItopPlay.Asked.Heading,
                new SchoolTicket("4512", "4512"),
                "INSA Lyon",
                "INSA Lyon",
                "Titre",
                reference
            )
        );

        await link.Poll();

        (await link.State()).ItopId.ShouldBeNull();
        (await link.Said()).OfType<GroupCommented>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Polled_it_is_ignored_and_counted_once_and_nothing_of_it_crosses(bool module)
    {
        world = await ItopWorld.Start(module);
        using var measured = new Measured();
        var link = new LinkWorld(world);
        await link.Hear(ItopPlay.Asked);
        var foreign = await Foreign(module);
        await world.Say(foreign, "les mots d’un autre");

        await link.Poll();
        await world.Say(foreign, "encore");
        await link.Poll();

        (await link.State()).ItopId.ShouldBeNull();
        (await link.Said()).ShouldBeEmpty();
        (await world.Links.Find(foreign, default)).ShouldBeNull("a link is kept only once its document took it");
        measured.Counted("groupticketing.itop.foreign_keys").ShouldBe(["1"]);
    }

    [Fact]
    public async Task In_doubt_it_is_not_taken_for_the_one_that_was_created()
    {
        world = await ItopWorld.Start();
        var foreign = await Foreign(module: false);
        var create = new ItopCall.Create();

        var opened = await world.Open.Call(world.Attempt(create, world.Now.AddMinutes(-5)), ItopPlay.Asked, default);

        opened.ShouldBeOfType<Answer.Done>().Result.ShouldBeOfType<ItopRead>().Id.ShouldNotBe(foreign);
    }

    [Fact]
    public async Task With_the_module_whose_rule_lets_no_second_one_bear_it_the_opening_waits_for_a_person()
    {
        world = await ItopWorld.Start(module: true);
        await Foreign(module: true);
        var create = new ItopCall.Create();

        var refused = await Should.ThrowAsync<ItopConnector.Adapters.ItopException>(() =>
            world.Open.Call(world.Attempt(create), ItopPlay.Asked, default)
        );

        refused.Answer.ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("iTop has one like it already");
    }

    Task<string> Foreign(bool module) =>
        module
            ? world.Stranger("Titre", "INSA Toulouse", key: "lyon:4512")
            : world.Stranger("[lyon:4512] Titre", "INSA Toulouse");
}
