using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>Resolving a parent leaves each child a pointer to it: the school is told the parent's own words, if the
/// parent is the group's.</summary>
public sealed class ParentSolutionTests : IAsyncLifetime
{
    LinkWorld link = null!;

    ItopWorld World => link.World;

    public async ValueTask InitializeAsync() => link = await LinkWorld.Opened();

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Theory]
    [InlineData("INSA Groupe", "Service rétabli.")]
    [InlineData("INSA Toulouse", "Résolu avec une autre demande.")]
    public async Task It_is_told_what_the_parent_says_and_nothing_of_another_school_s(string owner, string told)
    {
        var parent = await World.Stranger("Panne", owner);
        await World.Edit((await link.State()).ItopId!, "parent_request_id", parent);
        await link.Poll();

        await Resolve(parent);
        await link.Poll();
        await link.Poll();

        (await link.Said()).OfType<TicketResolved>().ShouldHaveSingleItem().Solution.ShouldBe(told);
        (await World.Live(link.Documents).Some([LinkWorld.Ticket], World.Now, default)).ShouldBe(1);
        (await link.Said()).OfType<TicketResolved>().ShouldHaveSingleItem("reconcile reads it so, too");
    }

    [Fact]
    public async Task A_request_of_the_group_that_is_not_the_parent_is_not_read_for_its_solution()
    {
        var (id, other) = ((await link.State()).ItopId!, await World.Stranger("Interne", "INSA Groupe"));
        await Resolve(other);
        await Resolve(id, $"Résolu via [[UserRequest:{other}|R-000001]]");
        await link.Poll();

        (await link.Said()).OfType<TicketResolved>().ShouldHaveSingleItem().Solution.ShouldBe("Résolu avec une autre demande.");
    }

    [Fact]
    public async Task Settled_adopted_or_found_after_a_doubt_it_is_no_pointer_either()
    {
        var other = await World.Stranger("Panne de Toulouse", "INSA Toulouse");
        var pointer = $"Résolu via [[UserRequest:{other}|R-000002]]";
        var id = (await link.State()).ItopId!;
        await World.Edit(id, "start_date", "2020-01-01 00:00:00");
        await link.Poll();
        (await link.State()).Stopped.ShouldNotBeNull();
        await Resolve(id, pointer);
        await link.Hear(new GroupLinkSettled(ItopPlay.Asked.Heading, null));
        await link.Call(Lanes.Settles);

        var mine = await World.Stranger("Panne", "INSA Lyon");
        await Resolve(mine, pointer);
        var reference = (await World.Requests()).Single(read => read.Id == mine).Reference;
        var second = new SchoolTicket("4512", "4512") { Generation = 2 };
        await link.Hear(new GroupLinkWanted(ItopPlay.Asked.Heading, second, "INSA Lyon", "INSA Lyon", "Titre", reference));
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        await link.Poll();

        (await link.Said()).OfType<TicketResolved>().Select(said => said.Solution).ShouldBe(
            ["Résolu avec une autre demande.", "Résolu avec une autre demande."]
        );
    }

    Task Resolve(string id, string solution = "<p>Service rétabli.</p>") =>
        World.Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/apply_stimulus",
                ["class"] = "UserRequest",
                ["comment"] = "c",
                ["key"] = id,
                ["stimulus"] = "ev_autoresolve",
                ["fields"] = new JsonObject { ["solution"] = solution },
                ["output_fields"] = "id",
            },
            default
        );
}
