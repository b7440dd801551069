using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>Calls: a claim is the saved attempt, answers move the lane, and what nobody knows is in doubt.</summary>
public sealed class LaneTests
{
    static readonly TimeSpan lease = TimeSpan.FromSeconds(15) + Lease.Grace;

    readonly Desk desk = new(Desk.Caller());

    [Fact]
    public async Task A_claim_is_saved_before_the_call_and_holds_the_lane()
    {
        await desk.Door("one");

        var attempt = (await desk.Claim()).ShouldNotBeNull();

        (attempt.Key, attempt.Lane, attempt.Target, attempt.Call.Kind, attempt.Number, attempt.InDoubt).ShouldBe(
            ("caller/t1", "itop", "itop", "create", 1, null)
        );
        attempt.Unsettled(Desk.Morning).ShouldBe(TimeSpan.Zero);
        (await desk.Claim()).ShouldBeNull();
        (await desk.PendingIn("itop")).Due.ShouldBe(Desk.Morning + lease);
        (await desk.Stored()).Lanes["itop"].Lease!.Began.ShouldBe(Desk.Morning);
    }

    [Fact]
    public async Task Done_brings_the_next_call_with_an_id_of_its_own()
    {
        await desk.Door("one");
        await desk.Door("two");
        var first = (await desk.Claim())!;
        (await desk.Settle(first, new Answer.Done())).ShouldBeTrue();

        var second = (await desk.Claim())!;

        second.Call.Body.GetProperty("text").GetString().ShouldBe("two");
        second.CallId.ShouldNotBe(first.CallId);
        await desk.Settle(second, new Answer.Done());
        (await desk.Pending()).ShouldBeEmpty();
        (await desk.Stored()).Lanes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_attempt_nobody_answered_is_in_doubt_once_its_lease_ends()
    {
        await desk.Door("one");
        var lost = (await desk.Claim())!;
        desk.Clock.Advance(lease - TimeSpan.FromSeconds(1));
        (await desk.Claim()).ShouldBeNull();
        desk.Clock.Advance(TimeSpan.FromSeconds(1));

        var second = (await desk.Claim()).ShouldNotBeNull();

        (second.Number, second.InDoubt, second.CallId).ShouldBe((2, Desk.Morning, lost.CallId));
        second.Unsettled(desk.Clock.GetUtcNow()).ShouldBe(Attempt.StillWorking - lease);
    }

    [Fact]
    public async Task An_answer_of_a_lease_that_was_taken_over_changes_nothing()
    {
        await desk.Door("one");
        var late = (await desk.Claim())!;
        desk.Clock.Advance(lease);
        var holder = (await desk.Claim())!;

        (await desk.Settle(late, new Answer.Done())).ShouldBeFalse();
        (await desk.Settle(late, new Answer.Refused("no"))).ShouldBeFalse();

        (await desk.PendingIn("itop")).Count.ShouldBe(1);
        (await desk.Settle(holder, new Answer.Done())).ShouldBeTrue();
        (await desk.Settle(holder, new Answer.Done())).ShouldBeFalse("once");
    }

    [Fact]
    public async Task A_late_answer_counts_while_nobody_took_over()
    {
        await desk.Door("one");
        var late = (await desk.Claim())!;
        desk.Clock.Advance(lease * 3);

        (await desk.Settle(late, new Answer.Done())).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Try_again_waits_and_is_in_doubt_only_if_it_was_sent(bool sent)
    {
        await desk.Door("one");
        await desk.Settle((await desk.Claim())!, new Answer.TryAgain("busy", Sent: sent));
        (await desk.Claim()).ShouldBeNull();
        (await desk.PendingIn("itop")).Due.ShouldBe(Desk.Morning + TimeSpan.FromSeconds(5));
        (await desk.LastError("itop")).ShouldBe("busy");
        desk.Clock.Advance(TimeSpan.FromSeconds(5));

        (await desk.Claim())!.InDoubt.ShouldBe(sent ? Desk.Morning : null);
    }

    [Fact]
    public async Task That_the_other_side_may_still_be_at_work_does_not_hide_what_raised_the_doubt()
    {
        await desk.Door("one");
        await desk.Settle((await desk.Claim())!, new Answer.TryAgain("NullReferenceException at Title"));
        foreach (var _ in (int[])[1, 2])
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(5));
            await desk.Settle(
                (await desk.Claim())!,
                new Answer.TryAgain("may still be creating it", TimeSpan.FromSeconds(5), Sent: false)
            );
            (await desk.LastError("itop")).ShouldBe("may still be creating it; before: NullReferenceException at Title");
        }
        desk.Clock.Advance(TimeSpan.FromSeconds(50));

        await desk.Settle((await desk.Claim())!, new Answer.TryAgain("busy", Sent: false));

        (await desk.LastError("itop")).ShouldBe("busy", "the doubt is settled");
    }

    [Fact]
    public async Task Looking_in_doubt_does_not_restart_the_doubt()
    {
        await desk.Door("one");
        await desk.Settle((await desk.Claim())!, new Answer.TryAgain("cut off"));
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await desk.Settle((await desk.Claim())!, new Answer.TryAgain("not found yet", TimeSpan.FromSeconds(55), Sent: false));
        desk.Clock.Advance(TimeSpan.FromSeconds(55));

        var attempt = (await desk.Claim())!;

        (attempt.InDoubt, attempt.Number).ShouldBe((Desk.Morning, 3));
        attempt.Unsettled(desk.Clock.GetUtcNow()).ShouldBe(TimeSpan.Zero, "now a not found counts");
    }

    [Fact]
    public async Task Refused_stops_its_own_lane_until_a_person_retries()
    {
        var two = new Desk(new Notebook("two", (_, word) =>
            [new Effect.Call("itop", "itop", "create", word.Text), new Effect.Call("school", "school:lyon", "tell", word.Text)]));
        await two.Door("one");
        await two.Settle((await two.Claim())!, new Answer.Refused("unknown caller"));
        two.Clock.Advance(TimeSpan.FromDays(3));

        (await two.Claim()).ShouldBeNull();
        (await two.PendingIn("itop")).Due.ShouldBeNull();
        (await two.LastError("itop")).ShouldBe("unknown caller");
        (await two.Claim("school")).ShouldNotBeNull();

        (await two.Dispatched.Retry(Desk.Ticket, "itop", CancellationToken.None)).ShouldBeTrue();
        (await two.Claim())!.InDoubt.ShouldBeNull("a refusal is an answer");
    }

    [Fact]
    public async Task Given_up_the_next_in_the_lane_follows()
    {
        await desk.Door("one");
        await desk.Door("two");
        var attempt = (await desk.Claim())!;
        (await Skip()).ShouldBeFalse("it is being tried right now");
        await desk.Settle(attempt, new Answer.Refused("no"));

        (await Skip()).ShouldBeTrue();

        (await desk.Claim())!.Call.Body.GetProperty("text").GetString().ShouldBe("two");
        (await desk.Dispatched.Retry(Desk.Ticket, "nowhere", CancellationToken.None)).ShouldBeFalse();
        Task<bool> Skip() => desk.Dispatched.Skip(Desk.Ticket, "itop", _ => true, CancellationToken.None);
    }

    [Fact]
    public async Task Given_up_twice_by_the_same_look_only_that_one_goes()
    {
        await desk.Door("one");
        await desk.Door("two");
        var seen = (await desk.Pending()).Single(pending => pending.Lane == "itop");
        var wanted = new Operate("desk", Desk.Ticket, "itop", OperatorAct.Skip) { Since = seen.Since, Count = seen.Count };

        (await desk.Dispatched.Skip(Desk.Ticket, "itop", wanted.Means, CancellationToken.None)).ShouldBeTrue();
        (await desk.Dispatched.Skip(Desk.Ticket, "itop", wanted.Means, CancellationToken.None)).ShouldBeFalse();

        (await desk.Claim())!.Call.Body.GetProperty("text").GetString().ShouldBe("two");
    }

    [Fact]
    public async Task A_clock_that_went_back_does_not_hold_a_lease()
    {
        await desk.Door("one");
        var held = (await desk.Claim())!;
        desk.Clock.AdjustTime(Desk.Morning.AddHours(-2));

        var attempt = (await desk.Claim()).ShouldNotBeNull("not two hours later");

        attempt.Token.ShouldNotBe(held.Token);
        attempt.Unsettled(desk.Clock.GetUtcNow()).ShouldBe(Attempt.StillWorking, "counted from now: nobody knows when it began");
    }

    [Fact]
    public async Task A_clock_that_went_back_does_not_draw_out_a_pause()
    {
        await desk.Door("one");
        await desk.Settle((await desk.Claim())!, new Answer.TryAgain("busy"));
        desk.Clock.AdjustTime(Desk.Morning.AddHours(-2));

        var attempt = (await desk.Claim()).ShouldNotBeNull();

        attempt.Unsettled(desk.Clock.GetUtcNow()).ShouldBeGreaterThan(Attempt.StillWorking, "but the doubt lasts");
    }

    [Fact]
    public async Task A_clock_a_little_behind_does_not_break_a_lease()
    {
        await desk.Door("one");
        await desk.Claim();
        desk.Clock.AdjustTime(Desk.Morning - Lease.ClockSkew);

        (await desk.Claim()).ShouldBeNull();
    }

    [Fact]
    public async Task Not_before_is_kept()
    {
        var later = new Desk(
            new Notebook("later", (_, _) => [new Effect.Call("itop", "itop", "close", "x", Desk.Morning.AddHours(1))])
        );
        await later.Door("one");

        (await later.Claim()).ShouldBeNull();
        (await later.PendingIn("itop")).Due.ShouldBe(Desk.Morning.AddHours(1));
        later.Clock.Advance(TimeSpan.FromHours(1));
        (await later.Claim()).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_the_service_decides_on_an_answer_is_pending_in_the_same_write()
    {
        var decider = new Notebook("caller", (_, word) => [new Effect.Call("lane", "itop", "create", word.Text)])
        {
            Settled = (notes, _, answer) =>
                new(
                    new([.. notes.Lines, $"{answer.Result}"]),
                    [
                        new Effect.Say(new Word(Desk.Ticket, "opened", "caller-routing")),
                        new Effect.Call("lane", "mail", "send", "x"),
                    ]
                ),
        };
        var told = new Desk(decider);
        await told.Door("one");
        await told.Settle((await told.Claim("lane"))!, new Answer.Done("R-1"));

        (await told.Lines()).ShouldBe(["one", "R-1"]);
        (await told.Pending())
            .Select(pending => (pending.Lane, pending.Target))
            .ShouldBe([("caller-routing", Outbox.Bus), ("lane", "mail")], ignoreOrder: true);
    }

    [Fact]
    public async Task An_answer_the_service_cannot_note_stops_its_lane_in_doubt()
    {
        var decider = new Notebook("caller", (_, word) => [new Effect.Call("itop", "itop", "create", word.Text)])
        {
            Settled = (_, _, _) => throw new InvalidOperationException("private words"),
        };
        var failing = new Desk(decider);
        await failing.Door("one");

        (await failing.Settle((await failing.Claim())!, new Answer.Done())).ShouldBeTrue();

        (await failing.PendingIn("itop")).Due.ShouldBeNull("it waits for a person");
        (await failing.LastError("itop"))!.ShouldNotContain("private");
        await failing.Dispatched.Retry(Desk.Ticket, "itop", CancellationToken.None);
        (await failing.Claim())!.InDoubt.ShouldBe(Desk.Morning, "it was done once: look first");
    }

    [Fact]
    public async Task After_a_restore_whatever_was_pending_is_in_doubt_once()
    {
        await desk.Door("one");
        desk.Memory.Epoch = 2;
        var restored = new Desk(Desk.Caller(), desk.Memory, desk.Clock);
        await restored.Door("two");

        var older = (await restored.Claim())!;
        older.InDoubt.ShouldBe(Desk.Morning, "it may have been done after the backup was made");
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        await restored.Settle(older, new Answer.TryAgain("busy", TimeSpan.Zero));
        var again = (await restored.Claim())!;
        again.Unsettled(desk.Clock.GetUtcNow()).ShouldBeLessThanOrEqualTo(TimeSpan.Zero, "it was looked for long enough");
        await restored.Settle(again, new Answer.Done());

        (await restored.Claim())!.InDoubt.ShouldBeNull("decided since");
    }
}
