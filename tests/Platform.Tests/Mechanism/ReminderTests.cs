using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>A document's own alarm clock.</summary>
public sealed class ReminderTests
{
    static readonly DateTimeOffset at = Desk.Morning.AddDays(10);

    readonly Desk desk = new(new Notebook("routing", (_, word) =>
        word.Text == "resolved" ? [new Effect.Remind("silence", at, new Word(Desk.Ticket, "ten days"))] : []));

    [Fact]
    public async Task It_is_heard_at_its_time_and_pending_until_then()
    {
        await desk.Door("resolved");
        (await desk.PendingIn("silence")).ShouldBe(new PendingLane("routing/t1", "silence", Outbox.Clock, at, Desk.Morning, 1));
        (await desk.Claim("silence")).ShouldBeNull();
        desk.Clock.AdjustTime(at);

        await Ring();

        (await desk.Lines()).ShouldBe(["resolved", "ten days"]);
        (await desk.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reminder_may_set_itself_again()
    {
        var daily = new Desk(
            new Notebook("daily", (notes, _) =>
                [new Effect.Remind("daily", Desk.Morning.AddDays(notes.Lines.Count + 1), new Word(Desk.Ticket, "again"))]
            )
        );
        await daily.Door("start");
        daily.Clock.AdjustTime(Desk.Morning.AddDays(1));

        await daily.Settle((await daily.Claim("daily"))!, new Answer.Done());

        (await daily.PendingIn("daily")).Due.ShouldBe(Desk.Morning.AddDays(2));
    }

    [Fact]
    public async Task Behind_a_quarantined_message_it_waits_its_turn()
    {
        await desk.Door("resolved");
        await desk.Door("bad");
        desk.Clock.AdjustTime(at);
        await Ring();
        (await desk.Lines()).ShouldBe(["resolved"]);

        await desk.Dispatched.Skip(Desk.Ticket, Outbox.QuarantineLane, _ => true, CancellationToken.None);

        (await desk.Lines()).ShouldBe(["resolved", "ten days"]);
    }

    async Task Ring() => (await desk.Settle((await desk.Claim("silence"))!, new Answer.Done())).ShouldBeTrue();
}
