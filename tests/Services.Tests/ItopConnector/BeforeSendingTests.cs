using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>What iTop's REST would take and its forms would not offer is found out before anything is sent.</summary>
public class BeforeSendingTests : IAsyncLifetime
{
    const string Support = "support@lyon.example";

    ItopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ItopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_service_that_no_contract_of_the_organisation_covers_is_refused()
    {
        var refused = await Refused(
            ItopPlay.Asked with
            {
                Organisation = "INSA Groupe",
                Caller = "ariel.cormier@groupe.example",
            }
        );

        refused.ShouldBe("no contract of INSA Groupe covers Scénari > Gestion des comptes in iTop: add it there, then retry");
        (await world.All()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CustomerContract", "Support INSA Lyon")]
    public async Task An_obsolete_contract_covers_as_in_iTop_s_form(string itopClass, string name)
    {
        await Retire(itopClass, name);

        (await Open(ItopPlay.Asked)).ShouldBeOfType<Answer.Done>();
    }

    [Theory]
    [InlineData("Service", "Gestion des comptes", "0 Service for Scénari > Gestion des comptes")]
    [InlineData("ServiceSubcategory", "À qualifier", "0 ServiceSubcategory for À qualifier")]
    public async Task What_iTop_s_form_offers_no_more_is_refused(string itopClass, string name, string reason)
    {
        await Retire(itopClass, name);

        (await Refused(ItopPlay.Asked)).ShouldContain(reason);
    }

    [Fact]
    public async Task A_sous_service_of_another_service_is_refused() =>
        (
            await Refused(ItopPlay.Asked with { Route = ItopPlay.Asked.Route with { SousService = "Erreur de génération" } })
        ).ShouldContain("0 ServiceSubcategory");

    [Theory]
    [InlineData("sacha.merisier@lyon.example", "sacha.merisier@lyon.example")]
    [InlineData("personne@lyon.example", Support)]
    [InlineData("camille.aubier@toulouse.example", Support)]
    public async Task The_caller_is_the_requester_where_iTop_knows_them_in_the_school_s_organisation_and_else_its_support(
        string requester,
        string caller
    )
    {
        await Open(ItopPlay.Asked with { Caller = requester, SupportContact = Support });

        var found = await world.Itop.Get(
            "UserRequest",
            "SELECT UserRequest WHERE title LIKE '[lyon:4512] %'",
            "caller_id",
            default
        );
        var person = await world.Itop.Get("Person", $"SELECT Person WHERE email = '{caller}'", "id", default);
        found.Single().Text("caller_id").ShouldBe(person.Single().Key);
    }

    [Fact]
    public async Task A_support_contact_that_iTop_does_not_know_is_refused_and_not_named() =>
        (
            await Refused(ItopPlay.Asked with { Caller = "alix.martin@lyon.example", SupportContact = null })
        ).ShouldSatisfyAllConditions(
            reason => reason.ShouldContain("the support contact of INSA Lyon is no person of INSA Lyon"),
            reason => reason.ShouldNotContain("alix")
        );

    async Task Retire(string itopClass, string name)
    {
        foreach (var one in await world.Administrator.Get(itopClass, $"SELECT {itopClass} WHERE name = '{name}'", "id", default))
            await world.Administrator.Call(
                new()
                {
                    ["operation"] = "core/update",
                    ["class"] = itopClass,
                    ["comment"] = "test",
                    ["key"] = one.Key,
                    ["fields"] = new System.Text.Json.Nodes.JsonObject { ["status"] = "obsolete" },
                    ["output_fields"] = "id",
                },
                default
            );
    }

    Task<Answer> Open(TicketEscalated asked) => world.Open.Call(world.Attempt(new ItopCall.Create()), asked, default);

    async Task<string> Refused(TicketEscalated asked) =>
        (await Should.ThrowAsync<GroupTicketing.ItopConnector.Adapters.ItopException>(() => Open(asked)))
            .Answer.ShouldBeOfType<Answer.Refused>()
            .Reason;
}
