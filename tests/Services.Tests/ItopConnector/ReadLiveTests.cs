using System.Text.Json.Nodes;
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
        world.Asked.Select(call => call.ToJsonString()).ShouldAllBe(call => !call.Contains("private_log"), "the private log is nobody's business here");
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

    int AsksOfHistory() => world.Asked.Count(call => call["class"]!.GetValue<string>() == "CMDBChangeOpSetAttributeCaseLog");

    async Task<ReadLive> LiveAfter(string log, bool history)
    {
        world = await ItopWorld.Start([], history: history);
        var documents = world.Documents();
        await documents.Transact(ticket, new Hearing(null, default, null, ItopPlay.Asked), default);
        IDocuments payable = documents;
        var attempt = (await payable.Claim(ticket, ItopRoom.Writes, TimeSpan.FromSeconds(30), default))!;
        (await payable.Settle(attempt, await world.Adapter(documents).Pay(attempt, default), TimeSpan.Zero, default)).ShouldBeTrue();
        await world.AtOnce((await documents.Read(ticket, default))!.State.ItopId!, log, "intervenant", "admin");
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        return world.Live(documents);
    }
}
