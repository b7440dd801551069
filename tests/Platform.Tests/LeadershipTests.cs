using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Platform.Tests;

/// <summary>Of several instances on one store never two lead, and one always does before long.</summary>
public sealed class LeadershipTests
{
    readonly MemoryStore memory = new();
    readonly Outside itop = new("itop", RetrySchedule.Itop, atOnce: 2) { OnlyOneInstance = true };
    readonly MovableClock clock = new();
    readonly FaultyStore storeOfFirst;
    readonly Leadership first;
    readonly Leadership second;

    public LeadershipTests()
    {
        storeOfFirst = new FaultyStore(memory);
        first = Instance(storeOfFirst);
        second = Instance(memory);
    }

    [Fact]
    public async Task Whoever_asks_first_leads_and_the_other_does_not()
    {
        await Round(first, second);

        Leading().ShouldBe("first");
        for (var rounds = 0; rounds < 20; rounds++)
            await Round(second, first);
        Leading().ShouldBe("first", "as long as it renews");
    }

    [Fact]
    public async Task One_that_falls_silent_is_follpending_and_never_are_there_two()
    {
        await Round(first, second);

        var (led, both) = ("", false);
        for (var seconds = 0; seconds < 14; seconds++)
        {
            clock.Pass(TimeSpan.FromSeconds(1));
            await second.Turn(CancellationToken.None);
            both |= Leading() == "first second";
            led += Leading() switch { "first" => "1", "second" => "2", _ => "-" };
        }

        both.ShouldBeFalse();
        led.ShouldBe("11111----22222");
        await Round(first);
        Leading().ShouldBe("second", "the first comes back to find another");
    }

    [Fact]
    public async Task Without_the_store_nobody_leads_for_long()
    {
        await Round(first);
        storeOfFirst.FailOn(nameof(IStore.Save));

        await Round(first);
        Leading().ShouldBe("first", "what was renewed two seconds ago holds");
        await Round(first);
        await Round(first);
        Leading().ShouldBe("");
        storeOfFirst.Mend();
        await Round(first);
        Leading().ShouldBe("first");
    }

    [Fact]
    public async Task Whoever_stops_leaves_the_lead_at_once()
    {
        await Round(first, second);

        await first.StopAsync(CancellationToken.None);

        Leading().ShouldBe("");
        await second.Turn(CancellationToken.None);
        Leading().ShouldBe("second");
    }

    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    public async Task A_jump_of_the_wall_clock_changes_nothing(int seconds)
    {
        await Round(first, second);
        clock.Jump(TimeSpan.FromSeconds(seconds));

        await Round(second, first);

        Leading().ShouldBe("first");
    }

    [Fact]
    public void A_store_of_one_process_is_led_by_it()
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-");
        Instance(new SqliteStore(Path.Combine(folder.FullName, "one.db"))).Leads("itop").ShouldBeTrue();
    }

    [Fact]
    public async Task Only_the_leader_calls_and_its_limit_is_a_limit_over_all()
    {
        await Round(first, second);
        var (now, most) = (0, 0);
        itop.Answers = async (_, ct) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(20, ct);
            Interlocked.Decrement(ref now);
            return new Answer.Done();
        };
        var here = new Desk(Desk.Caller(), memory);
        var there = new Desk(Desk.Caller(), memory);
        using var leader = Call(here, first);
        using var other = Call(there, second);
        for (var ticket = 0; ticket < 20; ticket++)
            await (ticket % 2 == 0 ? here : there).Documents.Transact(
                $"t{ticket}",
                new Word($"t{ticket}", "w").AtTheDoor(),
                CancellationToken.None
            );

        await other.Sweep(CancellationToken.None);
        for (var looks = 0; looks < 500 && (await memory.AllPending(null, 1, CancellationToken.None)).Count > 0; looks++)
        {
            await leader.Sweep(CancellationToken.None);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        itop.Attempts.Count.ShouldBe(20);
        most.ShouldBe(2);
    }

    [Fact]
    public async Task What_one_found_down_the_other_does_not_try()
    {
        var school = new Outside("school:", RetrySchedule.Schools);
        school.Answer(new Answer.TryAgain("away", Sent: false, TargetDown: true));
        var caller = new Notebook("caller", (_, word) => [new Effect.Call("lane", "school:lyon", "tell", word.Text)]);
        var here = new Desk(caller, memory);
        var there = new Desk(caller, memory, here.Clock);
        using var one = new Dispatching(here, new NoBus(), first, school);
        using var two = new Dispatching(there, new NoBus(), second, school);
        await two.Sweep(CancellationToken.None);
        await there.Door("first");
        await Desk.Until(() => two.Targets.GetValueOrDefault("school:lyon")?.Failures == 1);
        // Whoever found it knows it a moment before the store does, from which the other hears.
        await Desk.Until(() => Failures() == 1);
        await one.Sweep(CancellationToken.None);
        await one.Sweep(CancellationToken.None);

        one.Targets["school:lyon"].ShouldBe(two.Targets["school:lyon"]);
        await here.Documents.Transact("t2", new Word("t2", "second").AtTheDoor(), CancellationToken.None);
        await one.Sweep(CancellationToken.None);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        school.Attempts.Count.ShouldBe(1, "it waits for the one probe");

        school.Answer(new Answer.Done());
        here.Clock.Advance(TimeSpan.FromSeconds(6));
        await two.Sweep(CancellationToken.None);
        await Desk.Until(() => two.Targets["school:lyon"].Failures == 0);
        await Desk.Until(() => Failures() == 0);
        await one.Sweep(CancellationToken.None);
        one.Targets["school:lyon"].Failures.ShouldBe(0, "and hears that it is back");

        int? Failures() =>
            memory.GetSide(Sides.Targets, "school:lyon", CancellationToken.None).AsTask()
                is { IsCompletedSuccessfully: true, Result: { } body }
                ? Json.Read<TargetState>(body).Failures
                : null;
    }

    Leadership Instance(IStore store) => new(store, [itop], [], clock, NullLogger<Leadership>.Instance);

    Dispatching Call(Desk desk, Leadership leadership) => new(desk, new NoBus(), leadership, itop);

    async Task Round(params Leadership[] instances)
    {
        clock.Pass(TimeSpan.FromSeconds(2));
        foreach (var instance in instances)
            await instance.Turn(CancellationToken.None);
    }

    string Leading() =>
        string.Join(' ', new[] { first.Leads("itop") ? "first" : null, second.Leads("itop") ? "second" : null }.OfType<string>());

    sealed class NoBus : IBus
    {
        public Task Publish(object message, CancellationToken ct) => Task.CompletedTask;
    }
}
