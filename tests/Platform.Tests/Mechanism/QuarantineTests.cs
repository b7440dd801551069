using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>A message that cannot be decided stops its own document, visibly, and nothing that comes after it is lost
/// or overtakes.</summary>
public sealed class QuarantineTests
{
    readonly Desk desk = new(new Notebook("listener"));

    [Fact]
    public async Task What_waits_apart_counts_as_taken()
    {
        await desk.Door("bad");
        for (var n = 1; n <= Inbox.MostWaiting + 20; n++)
            await desk.Door($"w{n}", $"source-{n}");

        (await desk.Stored()).WaitingApart.ShouldBe(20);
        string[] sources = ["source-1", $"source-{Inbox.MostWaiting + 20}", "source-999"];
        (await desk.Documents.Untaken(Desk.Ticket, sources, CancellationToken.None)).ShouldBe(["source-999"]);
    }

    [Fact]
    public async Task A_bad_message_is_kept_and_what_follows_waits_behind_it()
    {
        await desk.Door("one");
        (await desk.Door("bad")).State.Lines.ShouldBe(["one"]);
        await desk.Bus(1);
        await desk.Door("two");

        (await desk.Lines()).ShouldBe(["one"]);
        var pending = (await desk.Pending()).ShouldHaveSingleItem();
        (pending.Lane, pending.Due, pending.Count).ShouldBe((Outbox.QuarantineLane, null, 3));
        (await LastError()).ShouldBe("FormatException in Notebook.Decide");
        (await desk.Documents.Read(Desk.Ticket, CancellationToken.None))!.Quarantined.ShouldNotBeNull();
    }

    [Fact]
    public async Task Other_tickets_go_on()
    {
        await desk.Door("bad");
        await desk.Documents.Transact("t2", new Word("t2", "fine").AtTheDoor(), CancellationToken.None);

        (await desk.Documents.Read("t2", CancellationToken.None))!.State.Lines.ShouldBe(["fine"]);
    }

    [Fact]
    public async Task Released_too_early_it_is_quarantined_again_and_keeps_its_place()
    {
        await Fill();

        (await Release()).ShouldBeTrue();

        (await desk.Lines()).ShouldBeEmpty();
        (await desk.Pending()).ShouldHaveSingleItem().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Released_by_a_release_that_can_read_it_everything_follows_in_order()
    {
        await Fill();
        var mended = new Desk(new Notebook("listener") { ReadsAll = true }, desk.Memory, desk.Clock);

        (await mended.Dispatched.Release(Desk.Ticket, CancellationToken.None)).ShouldBeTrue();

        (await mended.Lines()).ShouldBe(["bad one", "w1", "w2", "after"]);
        (await mended.Pending()).ShouldBeEmpty();
        (await mended.Dispatched.Release(Desk.Ticket, CancellationToken.None)).ShouldBeFalse("nothing is quarantined");
    }

    [Fact]
    public async Task Given_up_it_is_dropped_and_the_rest_follows_in_order()
    {
        await Fill();

        (await desk.Dispatched.Skip(Desk.Ticket, Outbox.QuarantineLane, _ => true, CancellationToken.None)).ShouldBeTrue();

        (await desk.Lines()).ShouldBe(["w1", "w2", "after"]);
        (await LastError()).ShouldBeNull();
    }

    [Fact]
    public async Task More_than_fifty_that_wait_behind_it_are_all_taken_in_order()
    {
        await desk.Door("bad");
        for (var n = 1; n <= 130; n++)
            await desk.Door($"d{n}");

        await desk.Dispatched.Skip(Desk.Ticket, Outbox.QuarantineLane, _ => true, CancellationToken.None);

        (await desk.Lines()).ShouldBe(Enumerable.Range(1, 130).Select(n => $"d{n}"));
        (await desk.Stored()).WaitingApart.ShouldBe(0);
    }

    [Fact]
    public async Task A_second_bad_one_in_the_overflow_holds_what_is_behind_it_in_order()
    {
        await desk.Door("bad");
        for (var n = 1; n <= 80; n++)
            await desk.Door(n == 30 ? "bad again" : $"d{n}");

        await desk.Dispatched.Skip(Desk.Ticket, Outbox.QuarantineLane, _ => true, CancellationToken.None);
        await desk.Door("last");
        await desk.Dispatched.Skip(Desk.Ticket, Outbox.QuarantineLane, _ => true, CancellationToken.None);

        (await desk.Lines()).ShouldBe([.. Enumerable.Range(1, 80).Where(n => n != 30).Select(n => $"d{n}"), "last"]);
    }

    [Fact]
    public async Task Two_instances_that_lay_apart_at_once_do_not_write_over_each_other()
    {
        await desk.Door("bad");
        for (var n = 1; n <= Inbox.MostWaiting; n++)
            await desk.Door($"d{n}");
        var other = new Desk(new Notebook("listener"), desk.Memory, desk.Clock);
        // The other instance has laid its message apart, and is overtaken before it saves.
        other.Store.Before = write =>
        {
            if (write != nameof(IStore.Save))
                return;
            other.Store.Mend();
            desk.Door("ours").GetAwaiter().GetResult();
        };
        other.Store.After = write =>
        {
            if (write == nameof(IStore.PutSide))
                other.Store.After = _ => { };
        };
        await other.Door("theirs");

        await desk.Dispatched.Skip(Desk.Ticket, Outbox.QuarantineLane, _ => true, CancellationToken.None);

        (await desk.Lines())
            .Distinct()
            .Order()
            .ShouldBe(Enumerable.Range(1, 50).Select(n => $"d{n}").Append("ours").Append("theirs").Order());
    }

    [Fact]
    public async Task A_waiting_message_of_another_release_is_quarantined_not_thrown()
    {
        await desk.Bus(2);
        var stored = await desk.Memory.Load("listener/t1", CancellationToken.None);
        var newer = System
            .Text.Encoding.UTF8.GetString(stored!.Body)
            .Replace("Tests.Word", "Tests.Newer", StringComparison.Ordinal);
        await desk.Memory.Save(
            stored with
            {
                Version = 2,
                Body = System.Text.Encoding.UTF8.GetBytes(newer),
            },
            [],
            CancellationToken.None
        );

        await desk.Bus(1);

        (await desk.Lines()).ShouldBe(["w1"]);
        (await LastError()).ShouldNotBeNull().ShouldStartWith("KeyNotFoundException");
    }

    [Fact]
    public async Task A_decision_that_cannot_be_pending_leaves_nothing_of_itself()
    {
        var half = new Desk(
            new Notebook("half", (_, word) =>
                [
                    new Effect.Call("itop", "itop", "create", word),
                    new Effect.Say(word with { Stream = "half-x" }),
                    new Effect.Say(word with { Stream = "" }),
                ]
            )
        );

        await half.Door("one");

        (await half.Lines()).ShouldBeEmpty();
        (await half.Pending()).Select(pending => pending.Lane).ShouldBe([Outbox.QuarantineLane]);
    }

    async Task Fill()
    {
        await desk.Door("bad one");
        await desk.Bus(1);
        await desk.Bus(2);
        await desk.Door("after");
    }

    Task<bool> Release() => desk.Dispatched.Release(Desk.Ticket, CancellationToken.None);

    Task<string?> LastError() => desk.LastError(Outbox.QuarantineLane);
}
