using System.Diagnostics.Metrics;
using System.Text;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>What goes wrong beyond a wave's first document, or with it because of what it hears in return, and what is
/// told then.</summary>
public sealed class WaveFailureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_first_hears_in_return_does_not_keep_it_from_disk(bool isTooLarge)
    {
        var isFull = true;
        var process = new OneProcess(
            first: new("first", (_, word) => word is Reply ? [] : [new Effect.Say(word with { Stream = "first-second" })])
            {
                Ends = notes => !isTooLarge && isFull && notes.Lines.Count > 1 ? throw new NotSupportedException() : null,
            },
            alsoHears: "first"
        );
        process.Store.IsTooLarge = written => isTooLarge && isFull && Encoding.UTF8.GetString(written.Body).Contains("re a");

        await process.Door("a");

        (await process.Lines("first")).ShouldBe(["a"]);
        (await process.Pending()).ShouldNotBeEmpty("the reply is outgoing");
        isFull = false;
        for (var round = 0; round < 3; round++)
            await process.PayBus();
        (await process.Lines("first")).ShouldBe(["a", "re a"]);
        (await process.Lines("third")).ShouldBe(["a", "re a"], ignoreOrder: true);
        (await process.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_document_tells_itself_does_not_keep_it_from_disk()
    {
        var process = new OneProcess(third: new("third", (_, word) =>
            word is Reply ? [] : [new Effect.Say(new Reply(word.Ticket, "to myself", "third-third"))]));
        process.Store.IsTooLarge = written => Encoding.UTF8.GetString(written.Body).Contains("\"lines\":[\"a\",");

        await process.Documents("third").Hear(new Word(OneProcess.Ticket, "a", "first-second", Number: 1, Epoch: 1), default);

        (await process.Lines("third")).ShouldBe(["a"]);
        (await process.Pending()).ShouldHaveSingleItem().Lane.ShouldBe("third-third");
    }

    [Fact]
    public async Task A_quarantine_is_counted_once_and_only_when_it_is_on_disk()
    {
        var counted = 0L;
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "groupticketing.quarantined")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (tags.Contains(new("module", "counted")))
                Interlocked.Increment(ref counted);
        });
        meter.Start();
        var process = new OneProcess(first: new("counted", (_, _) => []));
        process.Store.FailOn(nameof(ITransactions.SaveTogether));
        await Should.ThrowAsync<StoreUnavailableException>(() => process.Door("bad", service: "counted"));
        counted.ShouldBe(0);

        process.Store.Mend();
        await process.Door("bad", service: "counted");
        counted.ShouldBe(1);
    }

    [Fact]
    public async Task That_a_service_fails_to_be_told_leaves_what_the_others_have_pending_no_later()
    {
        var dispatcher = new Woken();
        var process = new OneProcess(
            second: new("second", (_, _) => []) { Tells = _ => throw new InvalidOperationException() },
            third: new("third", (_, word) => [new Effect.Call("itop", "itop", "create", word.Text)])
        );
        process.WakeSignal.Answer(dispatcher);

        await Should.ThrowAsync<InvalidOperationException>(() => process.Door("a"));

        dispatcher.Lanes.ShouldBe(["itop"]);
    }

    sealed class Woken : IDispatcher
    {
        public List<string> Lanes { get; } = [];

        public void Wake(PendingLane pending) => Lanes.Add(pending.Lane);

        public Reservation? Reserve(string key, string lane, string target) => null;
    }
}
