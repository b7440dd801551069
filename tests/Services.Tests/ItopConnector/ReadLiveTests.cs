using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>Reconcile on an iTop that loses one of two entries saved at once, both somebody else's.</summary>
[Collection(Measured.Alone)]
public sealed class ReadLiveTests : IAsyncDisposable
{
    const string LostEntries = "groupticketing.itop.lost_entries";

    static readonly string ticket = ItopPlay.Asked.Heading.TicketId.ToString("N");

    ItopWorld world = null!;
    Documents<GroupTicket> documents = null!;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_entry_of_others_that_iTop_lost_is_said_once_and_nothing_is_written()
    {
        var live = await LiveAfter("public_log", history: true);
        using var measured = new Measured();
        var before = world.Asked.Count;

        (await live.Some([ticket], world.Now, default)).ShouldBe(1);
        await live.Some([ticket], world.Now, default);

        var loss = (await world.Reconciliation.Lost(default)).ShouldHaveSingleItem();
        (loss.Side, loss.Ticket).ShouldBe(("itop", ticket));
        (world.Now - loss.At).ShouldBeInRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
        measured.Counted(LostEntries).ShouldBe(["1"]);
        world.Asked.Skip(before).ShouldAllBe(call => call["operation"]!.GetValue<string>() == "core/get");
        world
            .Asked.Select(call => call.ToJsonString())
            .ShouldAllBe(call => !call.Contains("private_log"), "the private log is nobody's business here");
    }

    [Theory]
    [InlineData("public_log", false)]
    [InlineData("private_log", true)]
    public async Task Where_the_history_may_not_be_read_and_of_the_private_log_nothing_is_said(string log, bool history)
    {
        var live = await LiveAfter(log, history);

        (await live.Some([ticket], world.Now, default)).ShouldBe(1, "the ticket itself is read all the same");

        (await world.Reconciliation.Lost(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_history_that_may_not_be_read_is_asked_once_an_hour()
    {
        var live = await LiveAfter("public_log", history: false);

        await live.Some([ticket], world.Now, default);
        await live.Some([ticket], world.Now, default);
        AsksOfHistory().ShouldBe(1);

        world.Clock.Advance(TimeSpan.FromHours(1));
        await live.Some([ticket], world.Now, default);
        AsksOfHistory().ShouldBe(2);
    }

    [Fact]
    public async Task A_request_whose_history_iTop_cannot_show_hides_no_other_s_loss()
    {
        var live = await LiveAfter("public_log", history: true);
        var bad = await Opened(
            ItopPlay.Asked with
            {
                Heading = ItopPlay.Asked.Heading with { TicketId = TicketIds.OfSchool("lyon", "77") },
            }
        );
        world.Lose(asked => IsOfHistory(asked) && Regex.IsMatch(asked["key"]!.GetValue<string>(), $@"\b{bad.ItopId}\b"));

        (await live.Some([Name(bad), ticket], world.Now, default)).ShouldBe(1, "the bad one waits");

        (await world.Reconciliation.Lost(default)).ShouldHaveSingleItem().Ticket.ShouldBe(ticket);
    }

    [Fact]
    public async Task What_is_put_aside_is_not_read_and_not_missing()
    {
        var live = await LiveAfter("public_log", history: true);
        var id = (await documents.Read(ticket, default))!.State.ItopId!;
        await world.Aside.Put(id, default);
        var before = world.Asked.Count;

        (await live.Some([ticket], world.Now, default)).ShouldBe(0);

        world.Asked.Count.ShouldBe(before);
    }

    [Fact]
    public async Task However_many_cannot_be_shown_the_others_are_compared()
    {
        var live = await LiveAfter("public_log", history: true);
        var bad = new List<int>();
        for (var number = 0; number < 11; number++)
        {
            var heading = ItopPlay.Asked.Heading with { TicketId = TicketIds.OfSchool("lyon", $"8{number}") };
            bad.Add(int.Parse((await Opened(ItopPlay.Asked with { Heading = heading })).ItopId!));
        }
        await world.Fault(new { poisoned = bad.ToArray(), poisonedShape = "code100" });
        world.Clock.Advance(TimeSpan.FromHours(1));

        (await live.All(world.Now, default)).ShouldBe(1);
    }

    static bool IsOfHistory(JsonNode asked) => asked["class"]!.GetValue<string>() == "CMDBChangeOpSetAttributeCaseLog";

    static string Name(GroupTicket opened) => opened.Asked!.Heading.TicketId.ToString("N");

    int AsksOfHistory() => world.Asked.Count(IsOfHistory);

    async Task<ReadLive> LiveAfter(string log, bool history)
    {
        world = await ItopWorld.Start([], history: history);
        documents = world.Documents();
        var opened = await Opened(ItopPlay.Asked);
        await world.AtOnce(opened.ItopId!, log, "intervenant", "admin");
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        return world.Live(documents);
    }

    async Task<GroupTicket> Opened(TicketEscalated asked)
    {
        var key = asked.Heading.TicketId.ToString("N");
        await documents.Transact(key, new Hearing(null, default, null, asked), default);
        IDocuments payable = documents;
        var attempt = (await payable.Claim(key, Lanes.Writes, TimeSpan.FromSeconds(30), default))!;
        (
            await payable.Settle(attempt, await world.Adapter(documents).Call(attempt, default), TimeSpan.Zero, default)
        ).ShouldBeTrue();
        return (await documents.Read(key, default))!.State;
    }
}
