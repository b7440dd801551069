using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Services.Tests;

/// <summary>A request that somebody else opened in iTop: found for a school that wants such, and taken by its
/// reference.</summary>
public class PairingInItopTests : IAsyncLifetime
{
    static readonly Guid ticketId = TicketIds.OfSchool("lyon", "4512");

    ItopWorld world = null!;

    public async ValueTask InitializeAsync() =>
        world = await ItopWorld.Start(Demo.Lyon with { MirrorFrom = DateOnly.FromDateTime(Demo.Now.DateTime) });

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task What_somebody_opens_for_the_school_is_found_and_said_once()
    {
        var id = await world.Stranger("Certificat à renouveler");
        var found = (await Look()).Found.ShouldHaveSingleItem();
        (found.ItopId, found.School, found.Title, found.Description, found.TicketId).ShouldBe(
            (id, "lyon", "Certificat à renouveler", "d", TicketIds.OfItop(id))
        );

        var said = world.Decider.Decide(world.Decider.Empty, found, world.Now);
        said.Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Say>()
            .Message.ShouldBeOfType<GroupTicketFound>()
            .Reference.ShouldStartWith("R-");
        world.Decider.Decide(said.State, found, world.Now).Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INSA Lyon", "[lyon:9999] Titre", 0, "it bears a key, whatever is known of it")]
    [InlineData("INSA Toulouse", "Certificat", 0, "its school did not ask for it")]
    [InlineData("INSA Lyon", "Certificat", -1, "it was there before the day in the school's file")]
    public async Task Anything_else_is_not(string organisation, string title, int days, string because)
    {
        world.Clock.AdjustTime(world.Now.AddDays(days));
        await Look();
        await world.Stranger(title, organisation);
        (await Look()).Found.ShouldBeEmpty(because);
    }

    [Theory]
    [InlineData("lyon:9999", 0)]
    [InlineData("lyon:9999/2", 0)]
    [InlineData("GDC-2026-1", 1)]
    [InlineData(null, 1)]
    public async Task With_our_module_a_key_of_ours_in_its_attribute_tells_our_own_whatever_its_title(string? key, int found)
    {
        await using var keyed = await ItopWorld.Start(
            [Demo.Lyon with { MirrorFrom = DateOnly.FromDateTime(Demo.Now.DateTime) }],
            module: true
        );
        await keyed.Stranger("Certificat", key: key);

        keyed.Clock.Advance(TimeSpan.FromSeconds(3));
        (await keyed.Poll.Changed(keyed.Now, default)).Found.Count.ShouldBe(found);
    }

    [Fact]
    public async Task One_that_is_closed_already_is_not_found()
    {
        var id = await world.Stranger("Certificat");
        await WriteToGroupTicket.Close(world.Administrator, id, "new", "fait", default);
        (await Look()).Found.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_to_the_school_later_it_is_found_then()
    {
        var id = await world.Stranger("Certificat", "INSA Toulouse");
        (await Look()).Found.ShouldBeEmpty();
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/update",
                ["class"] = "UserRequest",
                ["comment"] = "test",
                ["key"] = id,
                ["fields"] = new JsonObject { ["org_id"] = "SELECT Organization WHERE name = 'INSA Lyon'" },
                ["output_fields"] = "id",
            },
            default
        );
        (await Look()).Found.ShouldHaveSingleItem().ItopId.ShouldBe(id);
    }

    [Fact]
    public async Task Taken_by_its_reference_it_is_opened_and_all_its_public_log_is_said()
    {
        var id = await world.Stranger("Certificat");
        await world.Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/update",
                ["class"] = "UserRequest",
                ["comment"] = "test",
                ["key"] = id,
                ["fields"] = new JsonObject { ["public_log"] = WriteToGroupTicket.Item("avant le lien") },
                ["output_fields"] = "id",
            },
            default
        );
        var file = await world.Attach.Text(id, "INSA Lyon", ("certificat.txt", "octets"), TimeSpan.Zero, default);

        var settled = await Adopt(await Reference(id));

        settled
            .Effects.OfType<Effect.Say>()
            .Select(say => say.Message.GetType().Name)
            .ShouldBe([nameof(GroupTicketOpened), nameof(GroupCommented)]);
        settled
            .Effects.OfType<Effect.Call>()
            .ShouldHaveSingleItem()
            .Body.ShouldBe(new ItopCall.Fetch(file, settled.State.ItopId));
        (settled.State.ItopId, settled.State.Files.ShouldHaveSingleItem()).ShouldBe((id, file));
        (await world.Links.Find(id, default)).ShouldBe(ticketId);
        (await Look()).Found.ShouldBeEmpty("it is linked");
    }

    [Fact]
    public async Task Another_organisation_s_is_as_one_that_is_not_there()
    {
        var id = await world.Stranger("Certificat", "INSA Toulouse");
        (await Refused(await Reference(id))).ShouldBe("unknown");
        (await Refused("R-999999")).ShouldBe("unknown");
        (await world.Links.Find(id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_school_tickets_that_want_it_at_once_one_has_it()
    {
        var id = await world.Stranger("Certificat");
        var holders = await Task.WhenAll(
            Enumerable
                .Range(1, 20)
                .Select(number =>
                    world.Links.Claim(id, TicketIds.OfSchool("lyon", $"{number}"), _ => Task.FromResult(false), default)
                )
        );
        holders.Distinct().Count().ShouldBe(1);
        (await Refused(await Reference(id))).ShouldBe("taken");
    }

    [Fact]
    public void Not_to_be_had_what_is_pending_for_it_is_written_nowhere()
    {
        var ticket = Wanted("R-999999");
        var settled = world.Decider.Settle(
            ticket,
            world.Attempt(new ItopCall.Adopt("R-999999")),
            new Answer.Done(new NotAdopted("R-999999", "unknown")),
            world.Now
        );
        settled
            .Effects.ShouldHaveSingleItem()
            .ShouldBeOfType<Effect.Say>()
            .Message.ShouldBeOfType<LinkRefused>()
            .Why.ShouldBe("unknown");
        settled.State.GivenUp.ShouldBeTrue();
        world.Decider.Expires(settled.State).ShouldNotBeNull();
    }

    [Fact]
    public async Task Read_by_a_poll_before_its_answer_was_taken_it_is_opened_by_that()
    {
        var id = await world.Stranger("Certificat");
        var ticket = Wanted(await Reference(id));
        var read = await ReadGroupTicket.Read(world.Itop, id, default);
        var told = Readings.On(ticket, new TicketRead(ticketId, read, world.Now), ItopPlay.Rules, world.Now);
        told.Says.ShouldHaveSingleItem().ShouldBeOfType<GroupTicketOpened>().ItopId.ShouldBe(id);
    }

    [Fact]
    public async Task A_pair_that_a_person_gave_up_is_not_made_by_a_poll()
    {
        var id = await world.Stranger("Certificat");
        var (ticket, call) = (Wanted(await Reference(id)), new ItopCall.Adopt(await Reference(id)));
        var given = world.Decider.Skipped(ticket, world.Attempt(call).Call, world.Now).State;
        var read = await ReadGroupTicket.Read(world.Itop, id, default);

        var told = Readings.On(given, new TicketRead(ticketId, read, world.Now), ItopPlay.Rules, world.Now);

        (told.Effects.Count, told.State.ItopId).ShouldBe((0, null));
        given.LeavesFree(id).ShouldBeTrue("another school ticket may have it");
    }

    GroupTicket Wanted(string reference) =>
        world
            .Decider.Decide(
                world.Decider.Empty,
                new GroupLinkWanted(
                    new Heading(ticketId, "lyon", world.Now),
                    new SchoolTicket("4512", "4512"),
                    "INSA Lyon",
                    "INSA Lyon",
                    "Titre",
                    reference
                ),
                world.Now
            )
            .State;

    async Task<Decided<GroupTicket>> Adopt(string reference)
    {
        var (ticket, call) = (Wanted(reference), new ItopCall.Adopt(reference));
        return world.Decider.Settle(ticket, world.Attempt(call), await world.Adopt.Call(ticket, call, default), world.Now);
    }

    async Task<string> Refused(string reference) =>
        ((LinkRefused)(await Adopt(reference)).Effects.ShouldHaveSingleItem().ShouldBeOfType<Effect.Say>().Message).Why;

    async Task<string> Reference(string id) => (await ReadGroupTicket.Read(world.Itop, id, default)).Reference;

    async Task<Changes> Look()
    {
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        var changes = await world.Poll.Changed(world.Now, default);
        await world.Poll.Taken(changes, world.Now, default);
        return changes;
    }
}
