using System.Diagnostics;
using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>The dispatcher as a whole: woken by writes, sweeping what was left, gentle with a target that is down.</summary>
public sealed class DispatcherTests : IBus, IAsyncLifetime
{
    readonly Outside itop = new("itop", RetrySchedule.Itop);
    readonly Outside school = new("school:", RetrySchedule.Schools, atOnce: 4);
    readonly Outside quick = new("quick", RetrySchedule.Itop) { Ahead = 1 };
    readonly Desk desk = new(new Notebook("routing", (_, word) => word.Text.StartsWith("to ", StringComparison.Ordinal)
                ? [new Effect.Call("lane", word.Text[3..], "tell", word.Text)]
            : word.Text == "alarm" ? [new Effect.Remind("r", Desk.Morning.AddHours(1), word with { Text = "rang" })]
            : []));
    readonly Dispatching dispatcher;

    public DispatcherTests() => dispatcher = Start(desk);

    // As it begins: before it knows how its targets were nothing wakes it.
    public async ValueTask InitializeAsync() => await dispatcher.Sweep(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        dispatcher.Dispose();
        return ValueTask.CompletedTask;
    }

    Task IBus.Publish(object message, CancellationToken ct) => Task.CompletedTask;

    [Fact]
    public async Task A_write_wakes_the_payer()
    {
        await Hear("t1", "to itop");

        await Desk.Until(() => Pending() == 0);
        itop.Attempts.ShouldHaveSingleItem().Key.ShouldBe("routing/t1");
    }

    [Fact]
    public async Task Before_it_is_known_how_the_targets_were_nothing_is_tried()
    {
        await desk.Memory.PutSide(
            Sides.Targets,
            "itop",
            Json.Write(new TargetState(3, Desk.Morning, Desk.Morning.AddHours(1), "away")),
            null,
            CancellationToken.None
        );
        using var next = Start(desk);

        await Hear("t1", "to itop");
        await Hear("t2", "to itop");
        // Long enough for a worker that was woken to have called.
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await next.Sweep(CancellationToken.None);

        next.Targets["itop"].Failures.ShouldBe(3);
        itop.Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_can_begin_at_once_is_claimed_by_the_write_that_decides_it()
    {
        var answer = new TaskCompletionSource<Answer>();
        itop.Answers = (_, _) => answer.Task;
        var before = desk.Store.Saves;

        await Hear("t1", "to itop");

        await Desk.Until(() => itop.Attempts.Count == 1);
        (await desk.Stored()).Lanes["lane"].Lease.ShouldNotBeNull().Token.ShouldBe(itop.Attempts.Single().Token);
        desk.Store.Saves.ShouldBe(before + 1);
        answer.SetResult(new Answer.Done());
        await Desk.Until(() => Pending() == 0);
        desk.Store.Saves.ShouldBe(before + 2);
    }

    [Fact]
    public async Task The_next_attempt_is_saved_while_a_call_is_on_its_way_and_begins_without_a_write()
    {
        var answers = new Dictionary<string, TaskCompletionSource<Answer>>
        {
            ["routing/t1"] = new(),
            ["routing/t2"] = new(),
            ["routing/t3"] = new(),
        };
        quick.Answers = (attempt, _) => answers[attempt.Key].Task;
        await OneOnItsWayAndOneAhead();
        await Hear("t3", "to quick");

        quick.Attempts.ShouldHaveSingleItem("one at a time").Key.ShouldBe("routing/t1");
        Lane("t3").Lease.ShouldBeNull("one ahead, no more");
        desk.Store.FailOn(nameof(IStore.Save));
        answers["routing/t1"].SetResult(new Answer.Done());
        await Desk.Until(() => quick.Attempts.Count == 2);
        desk.Store.Mend();
    }

    [Fact]
    public async Task An_attempt_saved_ahead_is_given_back_when_the_target_goes_down_and_is_not_in_doubt()
    {
        var answer = new TaskCompletionSource<Answer>();
        quick.Answers = (_, _) => answer.Task;
        await OneOnItsWayAndOneAhead();

        answer.SetResult(new Answer.TryAgain("connection refused", Sent: false, TargetDown: true));

        await Desk.Until(() => Lane("t2").Lease is null);
        quick.Attempts.ShouldHaveSingleItem();
        Lane("t2").Calls.ShouldHaveSingleItem().InDoubt.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_answered_while_an_attempt_waited_for_its_turn_says_nothing_of_its_call()
    {
        var answers = new Dictionary<string, TaskCompletionSource<Answer>> { ["routing/t1"] = new(), ["routing/t2"] = new() };
        quick.Answers = (attempt, _) => answers[attempt.Key].Task;
        await OneOnItsWayAndOneAhead();
        desk.Clock.Advance(TimeSpan.FromSeconds(1));

        answers["routing/t1"].SetResult(new Answer.Done());
        await Desk.Until(() => quick.Attempts.Count == 2);
        answers["routing/t2"].SetResult(new Answer.TryAgain("connection refused", Sent: false, TargetDown: true));

        await Desk.Until(() => dispatcher.Targets["quick"].Failures == 1);
    }

    [Fact]
    public async Task An_attempt_saved_ahead_is_not_held_for_long()
    {
        var answer = new TaskCompletionSource<Answer>();
        quick.Answers = (_, _) => answer.Task;
        await OneOnItsWayAndOneAhead();

        await Desk.Until(() => Lane("t2").LastError is "its turn did not come");
        quick.Attempts.ShouldHaveSingleItem();
        answer.SetResult(new Answer.Done());
        await Desk.Until(() => Pending() == 0);
        quick.Attempts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_claim_that_was_not_written_gives_its_worker_back()
    {
        for (var failure = 0; failure < 3 * itop.AtOnce; failure++)
        {
            desk.Store.FailOn(nameof(IStore.Save));
            await Should.ThrowAsync<StoreUnavailableException>(() => Hear("t1", "to itop"));
        }
        itop.Attempts.ShouldBeEmpty();
        desk.Store.Mend();

        await Hear("t1", "to itop");

        await Desk.Until(() => Pending() == 0);
        itop.Attempts.ShouldHaveSingleItem().InDoubt.ShouldBeNull();
    }

    [Fact]
    public async Task What_another_process_left_is_swept()
    {
        var dead = new Desk(
            new Notebook("routing", (_, word) => [new Effect.Call("lane", "itop", "tell", word.Text)]),
            desk.Memory,
            desk.Clock
        );
        await dead.Door("one");
        itop.Attempts.ShouldBeEmpty();

        await dispatcher.Sweep(CancellationToken.None);

        await Desk.Until(() => Pending() == 0);
    }

    [Fact]
    public async Task A_reminder_is_heard_at_its_time()
    {
        await Hear("t1", "alarm");
        desk.Clock.Advance(TimeSpan.FromHours(1));

        await dispatcher.Sweep(CancellationToken.None);

        await Desk.Until(() => desk.Lines().Result.SequenceEqual(["alarm", "rang"]));
    }

    [Fact]
    public async Task A_refusal_stops_its_own_lane_and_nothing_else()
    {
        itop.Answers = (attempt, _) =>
            Task.FromResult<Answer>(
                attempt.Key.EndsWith("t1", StringComparison.Ordinal) ? new Answer.Refused("no") : new Answer.Done()
            );
        await Hear("t1", "to itop");
        await Hear("t2", "to itop");

        await Desk.Until(() => itop.Attempts.Count == 2 && Pending() == 1);
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await SweepAndSettle();
        itop.Attempts.Count.ShouldBe(2);
        dispatcher.Targets["itop"].Failures.ShouldBe(0);
    }

    [Theory]
    [InlineData("itop", 1, 2, 4)]
    [InlineData("school:lyon", 5, 30, 120)]
    public async Task A_dead_target_is_probed_by_one_call_at_a_time(string target, params int[] pauses)
    {
        var outside = target == "itop" ? itop : school;
        outside.Answer(new Answer.TryAgain("connection refused", Sent: false, TargetDown: true));
        for (var n = 0; n < 40; n++)
            await Leave($"t{n}", $"to {target}");
        await SweepAndSettle();
        await Desk.Until(() => dispatcher.Targets[target].Failures == 1);
        var failed = outside.Attempts.Count;
        failed.ShouldBeLessThanOrEqualTo(outside.AtOnce, "those already on their way when it was found out, no more");

        for (var probe = 1; probe <= pauses.Length; probe++)
        {
            var pause = pauses[probe - 1];
            desk.Clock.Advance(TimeSpan.FromSeconds(pause * 0.79));
            await SweepAndSettle();
            outside.Attempts.Count.ShouldBe(failed, "not before its time");
            desk.Clock.Advance(TimeSpan.FromSeconds(pause * 0.22));
            await SweepAndSettle();
            await Desk.Until(() => dispatcher.Targets[target].Failures == 1 + probe);
            outside.Attempts.Count.ShouldBe(++failed, "one probe");
        }
        outside.Attempts.Select(attempt => attempt.Key).Distinct().Count().ShouldBe(failed, "not always the same one");

        outside.Answer(new Answer.Done());
        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        await SweepAndSettle();
        await Desk.Until(() => dispatcher.Targets[target].Failures == 0);
        await SweepAndSettle();
        await Desk.Until(() => Pending() == 0);
        dispatcher.Targets[target].ShouldBe(new TargetState(0, null, null));
    }

    [Fact]
    public async Task How_a_target_is_outlives_the_process()
    {
        itop.Answer(new Answer.TryAgain("connection refused", TargetDown: true));
        await Hear("t1", "to itop");
        await Desk.Until(() => desk.Memory.GetSide(Sides.Targets, "itop", CancellationToken.None).Result is not null);

        using var next = Start(new Desk(new Notebook("routing"), desk.Memory, desk.Clock));
        await next.Sweep(CancellationToken.None);

        next.Targets["itop"].DownSince.ShouldBe(Desk.Morning);
        itop.Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_ticket_that_never_gets_an_answer_does_not_take_its_target_down()
    {
        var answer = new TaskCompletionSource<Answer>();
        school.Answers = (attempt, _) =>
            attempt.Key.EndsWith("poison", StringComparison.Ordinal) ? answer.Task : Task.FromResult<Answer>(new Answer.Done());
        await Hear("poison", "to school:lyon");
        await Desk.Until(() => school.Attempts.Count == 1);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await Hear("t2", "to school:lyon");
        await Desk.Until(() => Pending() == 1);

        answer.SetResult(new Answer.TryAgain("no answer within 15 s", TargetDown: true));

        await Desk.Until(() => LastError("poison") is not null);
        (await desk.Memory.AllPending(null, 10, CancellationToken.None))
            .Single()
            .Due!.Value.ShouldBeGreaterThan(desk.Clock.GetUtcNow(), "it has pauses of its own");
        dispatcher.Targets["school:lyon"].Failures.ShouldBe(0, "others were answered meanwhile");
    }

    [Fact]
    public async Task What_an_adapter_throws_is_in_doubt_and_says_nothing_private()
    {
        itop.Answers = (_, _) => throw new InvalidOperationException("secret words");
        await Hear("t1", "to itop");

        await Desk.Until(() => LastError("t1") is not null);
        var lane = (await desk.Stored()).Lanes["lane"];
        lane.LastError!.ShouldNotContain("secret");
        lane.Calls[0].InDoubt.ShouldBe(Desk.Morning);
    }

    [Fact]
    public async Task The_deadline_ends_an_attempt_and_the_target_is_taken_for_down()
    {
        itop.Answers = async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new Answer.Done();
        };
        await Hear("t1", "to itop");
        await Desk.Until(() => itop.Attempts.Count == 1);
        desk.Clock.Advance(itop.Deadline);

        await Desk.Until(() => dispatcher.Targets["itop"].Failures == 1);
        // The target is noted first, and the answer saved after it.
        await Desk.Until(() => Lane("t1").Lease is null);
        Lane("t1").Calls[0].InDoubt.ShouldBe(Desk.Morning, "it may have worked unseen");
    }

    [Fact]
    public async Task One_trace_goes_from_the_request_to_the_call_and_not_into_others()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => { lock (spans) spans.Add(span); },
        };
        ActivitySource.AddActivityListener(listener);
        var first = new TaskCompletionSource<Answer>();
        itop.Answers = (attempt, _) =>
            attempt.Key.EndsWith("t1", StringComparison.Ordinal) ? first.Task : Task.FromResult<Answer>(new Answer.Done());
        await Leave("untraced", "to itop");
        var request = new Activity("request").Start();
        await Hear("t1", "to itop");
        request.Stop();
        await SweepAndSettle();
        first.SetResult(new Answer.Done());

        await Desk.Until(() => Pending() == 0);
        lock (spans)
        {
            var traces = spans.Where(span => span.OperationName == "call tell").Select(span => span.TraceId).ToList();
            traces.Count(trace => trace == request.TraceId).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_clock_that_went_back_does_not_hide_what_is_leased()
    {
        await Leave("t1", "to itop");
        await dispatcher.Sweep(CancellationToken.None);
        await Desk.Until(() => Pending() == 0);
        await Leave("t1", "to itop");
        await desk.Claim("lane");
        desk.Clock.AdjustTime(Desk.Morning.AddHours(-2));

        await dispatcher.Sweep(CancellationToken.None);

        await Desk.Until(() => Pending() == 0);
    }

    [Fact]
    public async Task A_clock_that_was_ahead_before_a_restart_does_not_hide_what_was_put_off()
    {
        itop.Answer(new Answer.TryAgain("its signature is not of this hour", TargetDown: true));
        await Hear("t1", "to itop");
        await Desk.Until(() => desk.Memory.GetSide(Sides.Targets, "itop", CancellationToken.None).Result is not null);
        itop.Answer(new Answer.Done());

        var right = new FakeTimeProvider(Desk.Morning.AddMinutes(-10));
        using var next = Start(new Desk(new Notebook("routing"), desk.Memory, right));

        await Desk.Until(() =>
        {
            right.Advance(TimeSpan.FromMilliseconds(500));
            next.Sweep(CancellationToken.None).Wait();
            return Pending() == 0 || right.GetUtcNow() > Desk.Morning;
        });
        Pending().ShouldBe(0);
        right.GetUtcNow().ShouldBeLessThan(Desk.Morning, "not only once the clock has caught up");
    }

    [Fact]
    public async Task A_clock_that_went_back_does_not_keep_a_dead_target_unprobed()
    {
        var clock = new MovableClock();
        var memory = new MemoryStore();
        var wakeSignal = new WakeSignal();
        var documents = new Documents<Notes>(Desk.Caller(), memory, new Words(), wakeSignal, new Waves(), clock);
        using var leadership = new Leadership(memory, [itop], [], clock, NullLogger<Leadership>.Instance);
        using var back = new Dispatching(documents, memory, wakeSignal, clock, this, leadership, itop);
        await back.Sweep(CancellationToken.None);
        itop.Answer(new Answer.TryAgain("connection refused", TargetDown: true));
        await documents.Transact("t1", new Word("t1", "x").AtTheDoor(), CancellationToken.None);
        // Noted in the document, too: else that would be done by the clock that went back.
        await Desk.Until(() =>
            back.Targets.TryGetValue("itop", out var state)
            && state.Failures == 1
            && memory.AllPending(null, 10, CancellationToken.None).Result is [{ Error: not null }]
        );
        itop.Answer(new Answer.Done());

        clock.Jump(TimeSpan.FromHours(-2));
        clock.Pass(TimeSpan.FromSeconds(2));

        await Desk.Until(() => Swept(back, memory));

        static bool Swept(Dispatching dispatcher, MemoryStore memory)
        {
            dispatcher.Sweep(CancellationToken.None).Wait();
            return memory.AllPending(null, 10, CancellationToken.None).Result.Count == 0;
        }
    }

    Dispatching Start(Desk of)
    {
        var leadership = new Leadership(of.Store, [itop, school, quick], [], of.Clock, NullLogger<Leadership>.Instance);
        return new(of, this, leadership, itop, school, quick);
    }

    Task<Heard<Notes>> Hear(string ticket, string text) =>
        desk.Documents.Transact(ticket, new Word(ticket, text).AtTheDoor(), CancellationToken.None);

    /// <summary>Written by a process whose dispatcher is never woken.</summary>
    Task Leave(string ticket, string text) =>
        new Desk(
            new Notebook("routing", (_, word) => [new Effect.Call("lane", word.Text[3..], "tell", word.Text)]),
            desk.Memory,
            desk.Clock
        ).Documents.Transact(ticket, new Word(ticket, text).AtTheDoor(), CancellationToken.None);

    int Pending() => desk.Memory.AllPending(null, 1000, CancellationToken.None).Result.Count;

    string? LastError(string ticket) => desk.LastError("lane", ticket).Result;

    async Task SweepAndSettle()
    {
        await dispatcher.Sweep(CancellationToken.None);
        await Task.Delay(150);
    }

    // t1 calls, t2 is saved: whichever worker came first would have the turn.
    async Task OneOnItsWayAndOneAhead()
    {
        await Hear("t1", "to quick");
        await Desk.Until(() => quick.Attempts.Count == 1);
        await Hear("t2", "to quick");
        await Desk.Until(() => Lane("t2").Lease is not null);
    }

    Lane Lane(string ticket) => desk.Stored(ticket).GetAwaiter().GetResult().Lanes["lane"];
}
