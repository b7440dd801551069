using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>An iTop that holds creations while it answers reads, and does them all once its lock is given back.</summary>
[Collection(Measured.Alone)]
public sealed class HeldTests : IAsyncDisposable
{
    LinkWorld link = null!;

    ItopWorld World => link.World;

    public ValueTask DisposeAsync() => link?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_of_its_workers_are_held_at_most_and_of_the_pair_one_is_kept_and_goes_on(bool module)
    {
        await Start(module);
        await Hold(true);

        (await Late()).ShouldBeOfType<Answer.TryAgain>().Sent.ShouldBeTrue();
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Late()).ShouldBeOfType<Answer.TryAgain>().Sent.ShouldBeTrue("one more is on its way");
        for (var tries = 0; tries < 4; tries++)
        {
            World.Clock.Advance(TimeSpan.FromMinutes(1));
            (await link.Call())
                .ShouldBeOfType<Answer.TryAgain>()
                .ShouldSatisfyAllConditions(
                    later => later.Sent.ShouldBeFalse(),
                    later => later.TargetDown.ShouldBeTrue(),
                    later => later.Reason.ShouldContain("holds writes")
                );
        }
        (await Most()).ShouldBe(2);
        (await World.Requests()).ShouldBeEmpty("reads are answered meanwhile");

        await Hold(false);
        await Door.Until(async () => (await World.Requests()).Count == 2 ? "both" : null, "both creations were done");
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        await link.Comment("et ensuite ?");
        (await link.Call()).ShouldBeOfType<Answer.Done>("neither is frozen by the module's rule");
        await link.Poll();

        var (kept, twin) = ((await World.Requests())[0], (await World.Requests())[1]);
        (await link.State()).ItopId.ShouldBe(kept.Id);
        (kept.Status, twin.Status, twin.Solution).ShouldBe(("new", "closed", $"Ouvert deux fois : voir {kept.Reference}."));
        kept.Log.ShouldHaveSingleItem();
        twin.Bears.ShouldNotStartWith("[lyon:4512]", customMessage: "it gave the key up");
        (await link.Said()).OfType<GroupTicketOpened>().ShouldHaveSingleItem().ItopId.ShouldBe(kept.Id);
    }

    [Fact]
    public async Task With_the_module_s_index_the_database_refuses_the_second_and_the_first_is_taken()
    {
        await Start(module: true);
        await World.Install(module: true, indexed: true);
        await Hold(true);
        await Late();
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = link.Call();
        await Door.Until(async () => await Now() == 2 ? "both" : null, "one more is on its way");

        await Hold(false);

        (await second).ShouldBeOfType<Answer.Done>("whichever of them the database took");
        await link.Comment("et ensuite ?");
        (await link.Call()).ShouldBeOfType<Answer.Done>();
        var only = (await World.Requests()).ShouldHaveSingleItem();
        (only.Id, only.Status).ShouldBe(((await link.State()).ItopId, "new"));
        only.Log.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_twin_that_shows_only_later_gives_way_to_the_one_the_school_was_told()
    {
        link = await LinkWorld.Opened();
        var told = (await link.State()).ItopId!;
        var twin = await World.Stranger("[lyon:4512] Titre");

        await link.Poll();
        await link.Poll();
        (await link.Call(Lanes.Doubles)).ShouldBeOfType<Answer.Done>();
        (await link.Call(Lanes.Doubles)).ShouldBeNull("once");

        (await World.Requests()).Select(read => (read.Id, read.Status)).ShouldBe([(told, "new"), (twin, "closed")]);
        (await World.Requests())[1].Title.ShouldBe($"[lyon:4512#{twin}] Titre");
    }

    [Fact]
    public async Task Two_that_are_told_and_worked_on_wait_for_a_person_and_the_conversation_goes_on()
    {
        link = await LinkWorld.Opened();
        var twin = await World.Stranger("[lyon:4512] Titre");
        await World.Say(twin, "je m’en occupe");
        await link.Poll();
        await link.Comment("et ensuite ?");

        (await link.Call(Lanes.Doubles)).ShouldBeOfType<Answer.Refused>().Reason.ShouldContain("both are worked on");
        (await link.Call()).ShouldBeOfType<Answer.Done>();

        (await World.Requests()).ShouldAllBe(read => read.Status == "new");
    }

    [Theory]
    [InlineData(null, "2")]
    [InlineData("1", "1")]
    [InlineData("3", "3")]
    public void Kept_is_the_told_one_else_the_one_worked_on_else_the_lower_id(string? told, string kept)
    {
        var plain = new ItopPlay().Itop;
        ItopRead[] found =
        [
            plain with
            {
                Id = "3",
            },
            plain with
            {
                Id = "2",
                Agent = told is null ? "Camille Aubier" : null,
            },
            plain with
            {
                Id = "1",
            },
        ];

        Twins.Choose(found, told).Kept!.Id.ShouldBe(kept);
        Twins.Choose([plain with { Id = "12" }, plain with { Id = "9" }], null).Kept!.Id.ShouldBe("9");
    }

    [Fact]
    public async Task A_write_that_the_module_s_rule_refuses_for_a_twin_has_the_twin_give_up_and_is_done()
    {
        await Start(module: true);
        await Hold(true);
        var twin = World.Stranger("Jumeau", key: "lyon:4512");
        await Door.Until(async () => await Now() == 1 ? "one" : null, "the twin is held");
        var opening = link.Call();
        await Door.Until(async () => await Now() == 2 ? "both" : null, "ours is, too: the rule looked before either was there");
        await Hold(false);
        var id = await twin;
        (await opening).ShouldBeOfType<Answer.Done>();
        await link.Comment("et ensuite ?");

        (await link.Call()).ShouldBeOfType<Answer.TryAgain>().Sent.ShouldBeFalse();
        World.Clock.Advance(TimeSpan.FromSeconds(2));
        (await link.Call()).ShouldBeOfType<Answer.Done>();

        (await World.Requests())
            .Single(read => read.Id == id)
            .ShouldSatisfyAllConditions(given => given.Status.ShouldBe("closed"), given => given.Key.ShouldBe($"lyon:4512#{id}"));
    }

    async Task Start(bool module)
    {
        link = new LinkWorld(await ItopWorld.Start(module));
        await link.Hear(ItopPlay.Asked);
    }

    Task Hold(bool creates) => World.Fault(new { holdCreates = creates });

    /// <summary>An attempt that iTop does not answer within the deadline.</summary>
    async Task<Answer?> Late()
    {
        var before = await Now();
        var paying = link.Call();
        await Door.Until(async () => paying.IsCompleted || await Now() > before ? "held" : null, "it is held");
        World.Clock.Advance(World.Options.Deadline);
        return await paying;
    }

    async Task<int> Now() => (await Held())["now"]!.GetValue<int>();

    async Task<int> Most() => (await Held())["most"]!.GetValue<int>();

    async Task<JsonObject> Held()
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonObject>(new Uri(World.Url, "sim/held")))!;
    }
}
