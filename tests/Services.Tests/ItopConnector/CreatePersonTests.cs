using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>A requester whom iTop does not know, of a school that names its requesters: made known where the school's
/// file wishes it, once, and no ticket waits for that.</summary>
public class CreatePersonTests : IAsyncLifetime
{
    const string Support = "support@lyon.example", Lea = "lea.martin@lyon.example";

    static readonly School wishing = Demo.Lyon with { Caller = Party.Requester, UnknownCaller = UnknownCaller.Create };

    ItopWorld world = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task They_are_made_a_person_of_the_school_once_and_are_the_caller()
    {
        world = await ItopWorld.Start([wishing], writesPeople: true);

        await Opened(Asked(1));
        await Opened(Asked(2));

        var person = (await Persons(Lea, "first_name,name,email,org_name,notify")).ShouldHaveSingleItem();
        Texts(person, "first_name", "name", "email", "org_name", "notify").ShouldBe(["Léa", "Martin", Lea, "INSA Lyon", "no"]);
        (await Callers()).ShouldBe([person.Key, person.Key]);
        Created.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_two_tickets_opened_at_once_one_makes_them_known()
    {
        world = await ItopWorld.Start([wishing], writesPeople: true);

        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => Opened(Asked(number))));

        (await Persons(Lea, "id")).ShouldHaveSingleItem();
        (await Callers()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_is_made_known_by_default()
    {
        world = await ItopWorld.Start([Demo.Lyon with { Caller = Party.Requester }], writesPeople: true);

        await Opened(Asked(1));

        Created.ShouldBeEmpty();
        (await Callers()).ShouldBe([(await Persons(Support, "id")).Single().Key]);
    }

    [Fact]
    public async Task Nobody_is_made_known_of_a_school_that_does_not_name_its_requesters()
    {
        world = await ItopWorld.Start([wishing with { Caller = Party.Support }], writesPeople: true);

        await Opened(Asked(1));

        Created.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_known_already_is_not_made_again_and_of_two_none_is_meant()
    {
        world = await ItopWorld.Start([wishing], writesPeople: true);
        await Add(Lea);
        await Opened(Asked(1));
        await Add(Lea);
        world.Clock.Advance(TimeSpan.FromHours(2));
        await Opened(Asked(2));

        Created.ShouldBeEmpty();
        (await Callers()).ShouldBe([(await Persons(Lea, "id"))[0].Key, (await Persons(Support, "id")).Single().Key]);
    }

    [Fact]
    public async Task Killed_between_the_creation_and_its_answer_nobody_creates_them_again_for_a_minute()
    {
        world = await ItopWorld.Start([wishing], writesPeople: true);
        await world.Doubts.Begin(await Organisation(), Lea, default);
        world.Clock.Advance(TimeSpan.FromSeconds(20));

        var waits = (await Thrown(Asked(1))).ShouldBeOfType<Answer.TryAgain>();

        (waits.After, waits.Sent).ShouldBe((TimeSpan.FromSeconds(40), false));
        (await world.Requests()).ShouldBeEmpty();
        Created.ShouldBeEmpty();

        world.Clock.Advance(TimeSpan.FromSeconds(40));
        await Opened(Asked(1));
        Created.ShouldHaveSingleItem("it never reached iTop");
    }

    [Fact]
    public async Task Killed_between_the_creation_and_its_answer_whom_iTop_made_all_the_same_is_used_at_once()
    {
        world = await ItopWorld.Start([wishing], writesPeople: true);
        await world.Doubts.Begin(await Organisation(), Lea, default);
        await Add(Lea);

        await Opened(Asked(1));

        Created.ShouldBeEmpty();
        (await Callers()).ShouldBe([(await Persons(Lea, "id")).Single().Key]);
    }

    [Fact]
    public async Task Without_the_right_the_support_contact_is_the_caller_and_the_operator_reads_why_and_of_nobody()
    {
        world = await ItopWorld.Start(wishing);

        await Opened(Asked(1));
        await Opened(Asked(2));

        var support = (await Persons(Support, "id")).Single().Key;
        (await Callers()).ShouldBe([support, support]);
        var warnings = world.Logged.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).ToList();
        warnings.Count.ShouldBe(2, "the second one did not wait for the first");
        warnings[0].ShouldContain("the account may not");
        warnings[0].ShouldContain("INSA Lyon");
        string.Concat(world.Logged).ShouldNotMatch("(?i)martin|léa");
    }

    [Fact]
    public async Task Whom_iTop_does_not_take_stops_no_ticket()
    {
        world = await ItopWorld.Start([wishing], writesPeople: true);
        var asked = Asked(1, "sans-adresse");

        await Opened(asked);

        (await Callers()).ShouldBe([(await Persons(Support, "id")).Single().Key]);
        world.Logged.ShouldContain(line => line.Contains("not in the form iTop reads (email)"));
    }

    [Fact]
    public async Task A_creation_whose_answer_was_lost_is_looked_for_and_made_once()
    {
        world = await ItopWorld.Start([wishing], writesPeople: true);
        world.Lose(asked => (string)asked["class"]! == "Person" && (string)asked["operation"]! == "core/create");

        (await Thrown(Asked(1))).ShouldBeOfType<Answer.TryAgain>().Sent.ShouldBeTrue();
        world.Lose(_ => false);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        (
            await world.Open.Call(
                world.Attempt(new ItopCall.Create(), inDoubt: world.Now.AddMinutes(-1)),
                Asked(1),
                default
            )
        ).ShouldBeOfType<Answer.Done>();

        (await Callers()).ShouldBe([(await Persons(Lea, "id")).ShouldHaveSingleItem().Key]);
        Created.ShouldHaveSingleItem();
    }

    static TicketEscalated Asked(int number, string address = Lea) => ItopPlay.Asked with
    {
        Heading = ItopPlay.Asked.Heading with { TicketId = TicketIds.OfSchool("lyon", $"{number}") },
        Handover = ItopPlay.Asked.Handover with
        {
            Ticket = new SchoolTicket($"{number}", $"{number}"),
            Requester = new Requester("Léa Martin", address),
        },
        Caller = address,
        SupportContact = Support,
    };

    async Task Opened(TicketEscalated asked) => (await Open(asked)).ShouldBeOfType<Answer.Done>();

    Task<Answer> Open(TicketEscalated asked) => world.Open.Call(world.Attempt(new ItopCall.Create()), asked, default);

    async Task<Answer> Thrown(TicketEscalated asked) =>
        (await Should.ThrowAsync<ItopConnector.Adapters.ItopException>(() => Open(asked))).Answer;

    IEnumerable<JsonNode> Created =>
        world.Asked.Where(asked => (string)asked["operation"]! == "core/create" && (string)asked["class"]! == "Person");

    async Task<IReadOnlyList<string?>> Callers() =>
        [
            .. (await world.Itop.Get("UserRequest", "SELECT UserRequest", "id,caller_id", default))
                .OrderBy(one => int.Parse(one.Key))
                .Select(one => one.Text("caller_id")),
        ];

    async Task<IReadOnlyList<ItopConnector.Adapters.ItopObject>> Persons(string email, string fields) =>
        [
            .. (await world.Itop.Get("Person", $"SELECT Person WHERE email = '{email}'", fields, default)).OrderBy(one =>
                int.Parse(one.Key)
            ),
        ];

    static IEnumerable<string?> Texts(ItopConnector.Adapters.ItopObject one, params string[] fields) => fields.Select(one.Text);

    async Task<string> Organisation() =>
        (await world.Itop.Get("Organization", "SELECT Organization WHERE name = 'INSA Lyon'", "id", default)).Single().Key;

    async Task Add(string email) =>
        await world.Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/create",
                ["class"] = "Person",
                ["comment"] = "test",
                ["fields"] = new JsonObject
                {
                    ["org_id"] = await Organisation(),
                    ["first_name"] = "Léa",
                    ["name"] = "Martin",
                    ["email"] = email,
                },
                ["output_fields"] = "id",
            },
            default
        );
}
