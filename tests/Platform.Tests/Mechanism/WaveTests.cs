using System.Diagnostics.Metrics;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>Everything that one outside event causes in one process is one commit; what goes wrong beyond its first
/// document only becomes outgoing.</summary>
public sealed class WaveTests
{
    const string Other = "t2";

    static readonly string[] all = ["first", "second", "third"];

    [Fact]
    public async Task What_follows_from_a_post_is_one_commit()
    {
        var process = new OneProcess();

        await process.Door("a");

        process.Store.Saves.ShouldBe(1);
        (await process.Lines("second")).ShouldBe(["a"]);
        (await process.Lines("third")).ShouldBe(["a", "re a"]);
        (await process.Pending()).ShouldBeEmpty();
        foreach (var service in all)
            (await process.Version(service)).ShouldBe(1);
    }

    [Fact]
    public async Task A_call_is_claimed_once_by_that_commit_and_begun_after_it()
    {
        var process = new OneProcess(third: new("third", (_, word) => [new Effect.Call("itop", "itop", "create", word.Text)]));

        await process.Door("a");

        process.Store.Saves.ShouldBe(1);
        (await process.Pending()).ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_said_is_kept_to_be_said_again_and_a_repeat_is_dropped()
    {
        var process = new OneProcess();
        await process.Door("a");

        var again = await process.Documents("first").Again(OneProcess.Ticket, "first-second", 1, CancellationToken.None);
        await process.Documents("second").Hear(new Words().Unwait(again.Messages.ShouldHaveSingleItem()), CancellationToken.None);

        (await process.Lines("second")).ShouldBe(["a"]);
        (await process.Lines("third")).ShouldBe(["a", "re a"]);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    [InlineData("third")]
    public async Task On_a_conflict_every_document_is_opened_anew(string service)
    {
        var process = new OneProcess();
        await process.Door("a");
        var stored = (await process.Memory.Load($"{service}/{OneProcess.Ticket}", CancellationToken.None))!;
        await process.Memory.Save(stored with { Version = stored.Version + 1 }, [], CancellationToken.None);

        await process.Door("b");

        process.Store.Saves.ShouldBe(3, "the post before, the one that met a conflict, and the one that did not");
        (await process.Lines("second")).ShouldBe(["a", "b"]);
        (await process.Lines("third")).ShouldBe(["a", "re a", "b", "re b"]);
        (await process.Pending()).ShouldBeEmpty();
        (await process.Version(service)).ShouldBe(3);
    }

    [Theory]
    [InlineData("second")]
    [InlineData("third")]
    public async Task What_a_listener_that_cannot_be_read_should_hear_is_outgoing_until_it_can(string service)
    {
        var before = new OneProcess();
        await before.Door("a");
        var process = new OneProcess(before.Memory);
        process.Store.Unreadable = $"{service}/{OneProcess.Ticket}";
        await process.Door("b");
        (await process.Lines("first")).ShouldBe(["a", "b"]);

        await process.PayBus();
        (await process.Pending()).ShouldNotBeEmpty("it is shown");
        process.Store.Unreadable = null;
        process.Clock.Advance(TimeSpan.FromMinutes(1));
        await process.PayBus();
        await process.PayBus();

        (await process.Lines("second")).ShouldBe(["a", "b"]);
        (await process.Lines("third")).Where(line => line.StartsWith("re", StringComparison.Ordinal)).ShouldBe(["re a", "re b"]);
        (await process.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listener_that_cannot_be_serialized_does_not_keep_the_rest_from_disk()
    {
        var process = new OneProcess(second: new("second", (_, _) => []) { Fault = () => throw new NotSupportedException() });

        await process.Door("a");

        (await process.Lines("first")).ShouldBe(["a"]);
        (await process.Version("second")).ShouldBe(0);
        (await process.Pending()).ShouldHaveSingleItem().Lane.ShouldBe("first-second");
    }

    [Fact]
    public async Task A_listener_that_the_store_does_not_take_does_not_keep_the_first_from_disk()
    {
        var process = new OneProcess();
        process.Store.Refused = $"third/{OneProcess.Ticket}";
        process.Store.RefusedBy = new StoreUnavailableException("too large");

        await process.Door("a");

        (await process.Lines("first")).ShouldBe(["a"]);
        (await process.Pending()).ShouldHaveSingleItem().Lane.ShouldBe("first-second");
    }

    [Fact]
    public async Task A_first_document_that_the_store_does_not_take_is_told_and_nothing_is_written()
    {
        var process = new OneProcess();
        process.Store.FailOn(nameof(ITransactions.SaveTogether));

        await Should.ThrowAsync<StoreUnavailableException>(() => process.Door("a"));

        foreach (var service in all)
            (await process.Version(service)).ShouldBe(0);
    }

    [Fact]
    public async Task A_decision_that_throws_is_quarantined_in_its_own_document_in_the_same_commit()
    {
        var process = new OneProcess(first: new("first", (_, word) => [new Effect.Say(word with { Stream = "first-second" })])
        {
            ReadsAll = true,
        });

        await process.Door("bad");

        process.Store.Saves.ShouldBe(1);
        (await process.Pending())
            .Select(pending => (pending.Service, pending.Lane))
            .ShouldBe([("second", Outbox.QuarantineLane), ("third", Outbox.QuarantineLane)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_wave_without_end_ends_after_so_many_decisions_and_the_rest_is_outgoing()
    {
        using var cuts = new MeterListener();
        var count = 0L;
        cuts.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "groupticketing.waves.cut")
                listener.EnableMeasurementEvents(instrument);
        };
        cuts.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref count, value));
        cuts.Start();
        var process = new OneProcess(third: new("third", (_, word) =>
            [new Effect.Say(new Reply(word.Ticket, "and again", "third-third"))]));

        await process.Door("a");

        (await process.Lines("third")).Count.ShouldBeInRange(Wave.MostDecisions - 3, Wave.MostDecisions);
        (await process.Pending()).ShouldHaveSingleItem().Lane.ShouldBe("third-third");
        count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_fact_for_another_ticket_stays_outgoing_and_what_follows_it_in_its_stream_waits_behind_it()
    {
        var process = new OneProcess(first: new("first", (_, word) =>
        [
            new Effect.Say(
                word with
                {
                    Ticket = word.Text == "a" ? Other : word.Ticket,
                    Stream = "first-second",
                    SourceId = null,
                }
            ),
        ]));

        await process.Door("a");
        await process.Door("b");

        (await process.Lines("second")).ShouldBeEmpty("never past what is outgoing");
        (await process.Pending()).ShouldHaveSingleItem().Count.ShouldBe(2);
        await process.PayBus();
        (await process.Lines("second", Other)).ShouldBe(["a"]);
        (await process.Pending()).ShouldNotContain(pending => pending.Service == "first");
    }

    [Fact]
    public async Task Two_waves_of_one_ticket_at_once_come_one_after_the_other()
    {
        var process = new OneProcess();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => process.Door($"w{n}"))));

        process.Store.Saves.ShouldBe(40, "none met a conflict");
        var lines = await process.Lines("second");
        lines.ShouldBe(await process.Lines("first"));
        (await process.Lines("third")).ShouldBe(lines.SelectMany(line => new[] { line, $"re {line}" }));
    }

    [Fact]
    public async Task What_came_early_to_a_listener_lies_apart_in_the_same_commit_and_is_taken_back_by_the_next()
    {
        var process = new OneProcess();
        var third = process.Documents("third");
        for (var number = 2; number <= Inbox.MostWaiting + 20; number++)
            await third.Hear(new Word(OneProcess.Ticket, $"w{number}", "first-second", Number: number, Epoch: 1), default);
        (await process.Memory.ListSide(Sides.Waiting, "third/", default)).Count.ShouldBe(19);

        await third.Hear(new Word(OneProcess.Ticket, "w1", "first-second", Number: 1, Epoch: 1), default);

        (await process.Lines("third")).Count.ShouldBe(Inbox.MostWaiting + 20);
        (await process.Memory.ListSide(Sides.Waiting, "third/", default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_note_is_written_with_its_message_and_another_under_its_key_keeps_it_out(bool hasTransactions)
    {
        var desk = new Desk(Desk.Speaker(), new MemoryStore { HasTransactions = hasTransactions });
        var note = new Piece("deliveries", "lyon/d1", [1]);

        (await desk.Documents.Transact("t1", new Word("t1", "a", SourceId: "a").AtTheDoor(), note, default)).ShouldBeNull();
        (await desk.Documents.Transact("t1", new Word("t1", "a", SourceId: "a").AtTheDoor(), note, default)).ShouldBe(note.Body);
        var other = note with { Body = [2] };
        (await desk.Documents.Transact("t2", new Word("t2", "b", SourceId: "b").AtTheDoor(), other, default)).ShouldBe(note.Body);

        (await desk.Lines()).ShouldBe(["a"]);
        (await desk.Documents.Read("t2", default)).ShouldBeNull();
        desk.Store.Saves.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_bodies_under_one_key_at_once_are_one_that_is_taken(bool hasTransactions)
    {
        var desk = new Desk(Desk.Speaker(), new MemoryStore { HasTransactions = hasTransactions });
        // The other comes between the look and the write.
        var between = true;
        desk.Store.Before = _ =>
        {
            if (!between)
                return;
            between = false;
            desk.Memory.PutSide("deliveries", "lyon/d1", [2], null, default);
        };

        var before = await desk.Documents.Transact(
            "t1",
            new Word("t1", "a", SourceId: "a").AtTheDoor(),
            new Piece("deliveries", "lyon/d1", [1]),
            default
        );

        before.ShouldBe([2]);
        (await desk.Documents.Read("t1", default)).ShouldBeNull();
    }
}
