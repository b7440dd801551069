namespace GroupTicketing.Platform.Tests;

/// <summary>A gap is left thirty seconds to close by itself, then the speaker is asked for what is missing.</summary>
public sealed class MissingTests
{
    const string Stream = "speaker-listener";
    static readonly string lane = Outbox.MissingLane + Stream;

    readonly Desk desk = new(new Notebook("listener"));

    [Fact]
    public async Task A_gap_is_pending_after_thirty_seconds()
    {
        await desk.Bus(3);

        var pending = (await desk.Pending()).ShouldHaveSingleItem();
        (pending.Lane, pending.Target, pending.Due).ShouldBe((lane, Outbox.Bus, Desk.Morning + Inbox.GapPatience));
        (await AskFor()).ShouldBeNull("it may still close by itself");

        desk.Clock.Advance(Inbox.GapPatience);
        (await AskFor()).ShouldBe(1);
        (await desk.PendingIn(lane)).Due.ShouldBe(Desk.Morning + 2 * Inbox.GapPatience, "asked: the answer has its time too");
    }

    [Fact]
    public async Task A_closed_gap_is_asked_for_no_more()
    {
        await desk.Bus(2);
        await desk.Bus(1);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));

        (await desk.Pending()).ShouldBeEmpty();
        (await AskFor()).ShouldBeNull();
        (await desk.Stored()).Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_answer_comes_in_the_speaker_is_not_asked_again_at_once()
    {
        await desk.Bus(9);
        desk.Clock.Advance(Inbox.GapPatience);
        await AskFor();

        await desk.Bus(1);
        await desk.Bus(2);

        (await desk.PendingIn(lane)).Due.ShouldBe(desk.Clock.GetUtcNow() + Inbox.GapPatience);
        desk.Clock.Advance(Inbox.GapPatience);
        (await AskFor()).ShouldBe(3, "asked again from where it is now");
    }

    [Fact]
    public async Task A_second_gap_has_its_own_patience()
    {
        await desk.Bus(2);
        desk.Clock.Advance(Inbox.GapPatience);
        await AskFor();
        await desk.Bus(1);
        await desk.Bus(4);

        (await desk.PendingIn(lane)).Due.ShouldBe(desk.Clock.GetUtcNow() + Inbox.GapPatience);
    }

    [Fact]
    public async Task More_than_fifty_early_messages_lie_apart_and_are_all_taken()
    {
        for (var number = 120; number >= 2; number--)
            await desk.Bus(number);

        var stored = await desk.Stored();
        (stored.Waiting.Count, stored.WaitingApart).ShouldBe((Inbox.MostWaiting, 119 - Inbox.MostWaiting));

        await desk.Bus(1);

        (await desk.Lines()).ShouldBe(Enumerable.Range(1, 120).Select(number => $"w{number}"));
        (await desk.Memory.ListSide(Sides.Waiting, "", CancellationToken.None)).ShouldBeEmpty("what was taken is deleted");
        (await desk.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Killed_before_the_pieces_are_deleted_they_are_read_again_and_dropped()
    {
        for (var number = 80; number >= 2; number--)
            await desk.Bus(number);
        desk.Store.FailOn(nameof(IStore.DeleteSide));
        await desk.Bus(1);
        desk.Store.Mend();
        for (var number = 160; number >= 81; number--)
            await desk.Bus(number);

        (await desk.Lines()).ShouldBe(Enumerable.Range(1, 160).Select(number => $"w{number}"));
    }

    Task<long?> AskFor() => desk.Dispatched.AskFor(Desk.Ticket, Stream, CancellationToken.None);
}
