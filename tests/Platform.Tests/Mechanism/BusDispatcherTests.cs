namespace GroupTicketing.Platform.Tests;

/// <summary>Sending to the bus: each stream in order, as far as it goes.</summary>
public sealed class BusDispatcherTests : IBus
{
    const string Stream = "speaker-listener";

    readonly Desk desk = new(Desk.Speaker());
    readonly List<object> published = [];
    readonly BusDispatcher dispatcher;
    Action<object> take = _ => { };

    public BusDispatcherTests() => dispatcher = new BusDispatcher(this, new Words(), desk.Clock);

    Task IBus.Publish(object message, CancellationToken ct)
    {
        take(message);
        published.Add(message);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_stream_is_published_in_order_once()
    {
        await Say("a", "b", "c");

        (await Call()).ShouldBeOfType<Answer.Done>();
        await Call();

        published.Cast<Word>().Select(word => (word.Text, word.Number)).ShouldBe([("a", 1), ("b", 2), ("c", 3)]);
        (await desk.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_went_before_a_refusal_is_sent_and_the_rest_waits()
    {
        await Say("a", "b", "c");
        take = message => { if (message is Word { Text: "b" }) throw new InvalidOperationException("private words"); };

        var answer = (await Call()).ShouldBeOfType<Answer.TryAgain>();

        answer.TargetDown.ShouldBeFalse("other tickets go on");
        answer.Reason.ShouldNotContain("private");
        var pending = await desk.PendingIn(Stream);
        (pending.Count, pending.Due).ShouldBe((2, Desk.Morning + dispatcher.Deadline));
        take = _ => { };
        await Call();
        published.Cast<Word>().Select(word => word.Text).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_bus_that_is_away_is_away_for_all()
    {
        await Say("a");
        take = _ => throw new BusUnavailableException("no broker");

        var answer = (await Call()).ShouldBeOfType<Answer.TryAgain>();

        (answer.TargetDown, answer.Reason).ShouldBe((true, "no broker"));
        (await desk.PendingIn(Stream)).Due.ShouldBe(DateTimeOffset.UnixEpoch, "the bus waits, not the stream");
    }

    [Fact]
    public async Task What_is_missing_is_asked_of_its_speaker()
    {
        var listener = new Desk(new Notebook("listener"));
        await listener.Bus(4);
        listener.Clock.Advance(Inbox.GapPatience);

        await dispatcher.Call(listener.Documents, Desk.Ticket, Outbox.MissingLane + Stream, CancellationToken.None);

        published.ShouldHaveSingleItem().ShouldBe(new Missing(Stream, Desk.Ticket, 1));
    }

    [Fact]
    public async Task A_question_that_could_not_be_asked_is_asked_again_later()
    {
        var listener = new Desk(new Notebook("listener"));
        await listener.Bus(4);
        listener.Clock.Advance(Inbox.GapPatience);
        take = _ => throw new InvalidOperationException();

        (
            await dispatcher.Call(listener.Documents, Desk.Ticket, Outbox.MissingLane + Stream, CancellationToken.None)
        ).ShouldBeOfType<Answer.TryAgain>();

        (await listener.Pending()).ShouldHaveSingleItem().Due.ShouldBe(listener.Clock.GetUtcNow() + Inbox.GapPatience);
    }

    async Task Say(params string[] words)
    {
        foreach (var word in words)
            await desk.Door(word);
    }

    Task<Answer> Call() => dispatcher.Call(desk.Documents, Desk.Ticket, Stream, CancellationToken.None);
}
