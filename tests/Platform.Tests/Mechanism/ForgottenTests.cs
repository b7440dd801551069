using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform.Tests;

/// <summary>What is missing and nobody has any more is passed over and said, over a bus that both deciders listen to.</summary>
public sealed class ForgottenTests : IDisposable
{
    const string Stream = "speaker-listener";
    const string Lane = Outbox.MissingLane + Stream;

    static readonly CancellationToken ct = CancellationToken.None;

    readonly Desk ours = new(Desk.Speaker());
    readonly Desk theirs = new(new Notebook("listener"));
    readonly List<string> warnings = [];
    readonly MeterListener meter = new();
    long skipped;

    public ForgottenTests()
    {
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "groupticketing.skipped")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, count, _, _) => skipped += count);
        meter.Start();
    }

    public void Dispose() => meter.Dispose();

    [Fact]
    public async Task A_speaker_that_ended_says_so_and_what_waits_is_taken()
    {
        await theirs.Bus(1);
        await theirs.Bus(4);
        await theirs.Bus(6);

        await Asked();

        (await theirs.Lines()).ShouldBe(["w1", "w4", "w6"]);
        (await theirs.Pending()).ShouldBeEmpty();
        skipped.ShouldBe(3);
        warnings.ShouldHaveSingleItem().ShouldContain("3 messages of speaker-listener ticket=t1 from number 2");
    }

    [Fact]
    public async Task What_it_still_has_is_said_first_and_only_the_rest_is_passed_over()
    {
        for (var n = 1; n <= 400; n++)
            await ours.Door($"s{n}");
        await ours.Dispatched.Confirmed(Desk.Ticket, Stream, new Place(1, 400), ct);
        await ours.Door("s401");
        await ours.Memory.DeleteApart($"speaker/{Desk.Ticket}", ct);
        var kept = (await ours.Dispatched.Again(Desk.Ticket, Stream, 0, ct)).Messages;
        await theirs.Dispatched.Hear(new Words().Unwait(kept[^1]), ct);

        await Asked();

        (await theirs.Lines()).ShouldBe(kept.Select(said => $"s{said.Place.Number}"));
        skipped.ShouldBe(kept[0].Place.Number - 1);
        (await theirs.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_fifty_that_wait_are_all_taken_also_those_that_lie_apart()
    {
        for (var number = 160; number >= 3; number -= number == 100 ? 2 : 1)
            await theirs.Bus(number);

        await Asked();

        (await theirs.Lines()).ShouldBe(Enumerable.Range(3, 158).Where(number => number != 99).Select(number => $"w{number}"));
        skipped.ShouldBe(3);
    }

    [Fact]
    public async Task What_it_says_only_to_another_service_changes_nothing()
    {
        await theirs.Bus(3);

        await theirs.Dispatched.PassOver(new Forgotten(Stream, Desk.Ticket, 1, 9, new Place(1, 9, 1)), ct);
        (await theirs.Lines()).ShouldBeEmpty("it has not asked yet: what is missing may still come");

        theirs.Clock.Advance(Inbox.GapPatience);
        await theirs.Dispatched.AskFor(Desk.Ticket, Stream, ct);
        await theirs.Dispatched.PassOver(new Forgotten(Stream, Desk.Ticket, 2, 9, new Place(1, 9, 1)), ct);
        await theirs.Dispatched.PassOver(new Forgotten("other-listener", Desk.Ticket, 1, 9, new Place(1, 9, 1)), ct);
        (await theirs.Lines()).ShouldBeEmpty("that is not what is missing");
    }

    // As the dispatcher does it: the listener asks, the speaker answers over the bus.
    async Task Asked()
    {
        Subscription[] subscriptions =
        [
            new("q", "listener", typeof(Word), Stream),
            new("q", "speaker", typeof(Missing)),
            new("q", "speaker", typeof(Forgotten)),
            new("q", "listener", typeof(Forgotten)),
        ];
        var bus = new InProcessBus(subscriptions, [ours.Dispatched, theirs.Dispatched], new Words(), new Lines(warnings));
        theirs.Clock.Advance(Inbox.GapPatience);
        (
            await new BusDispatcher(bus, new Words(), theirs.Clock).Call(theirs.Dispatched, Desk.Ticket, Lane, ct)
        ).ShouldBeOfType<Answer.Done>();
    }

    sealed class Lines(List<string> warnings) : ILogger<InProcessBus>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel is LogLevel.Warning)
                warnings.Add(formatter(state, exception));
        }
    }
}
