using CsCheck;

namespace GroupTicketing.Platform.Tests;

/// <summary>Whatever happens in whatever order, the promises hold; and each of them is seen to break when the mechanism
/// is broken on purpose.</summary>
public sealed class PropertyTests(ITestOutputHelper output)
{
    static readonly Gen<Step[]> steadyClock = Schedules(Act.Break);
    static readonly Gen<Step[]> jumpingClock = Schedules(Act.Jump);

    [Fact]
    public void With_a_steady_clock_every_promise_holds() => Hold(steadyClock, 2_000);

    [Fact]
    public void With_a_clock_that_jumps_both_ways_every_promise_holds() => Hold(jumpingClock, 2_000);

    [Theory]
    [InlineData(nameof(Flaw.IgnoreDoubt), Invariants.Twice)]
    [InlineData(nameof(Flaw.ForgetNumbers), Invariants.OutOfOrder)]
    [InlineData(nameof(Flaw.NeverAsk), Invariants.Lost)]
    [InlineData(nameof(Flaw.ForgetSourceIds), Invariants.Repeated)]
    [InlineData(nameof(Flaw.NeverSettle), Invariants.StillPending)]
    [InlineData(nameof(Flaw.ForgetToTell), Invariants.NotTold)]
    public void A_broken_mechanism_is_found_out(string flaw, string invariant) => Should.Throw<CsCheckException>(() =>
        steadyClock.Sample(steps => !Invariants.BrokenIn(Run(steps, Enum.Parse<Flaw>(flaw))).Contains(invariant), iter: 200));

    void Hold(Gen<Step[]> schedules, int worlds)
    {
        var (twice, created) = (0, 0);
        schedules.Sample(
            steps =>
            {
                var world = Run(steps, Flaw.None);
                Interlocked.Add(ref twice, Invariants.TwiceByTheClock(world));
                Interlocked.Add(ref created, world.Ledger.Rows.Count);
                return !Invariants.BrokenIn(world).Any();
            },
            iter: worlds,
            print: steps => string.Join("\n", steps) + "\n" + string.Join("\n", Invariants.BrokenIn(Run(steps, Flaw.None)))
        );
        output.WriteLine($"{created} created in {worlds} worlds, {twice} of them twice because the clock jumped forward");
        created.ShouldBeGreaterThan(worlds);
    }

    static SmallWorld Run(Step[] steps, Flaw flaw)
    {
        var world = new SmallWorld(flaw);
        foreach (var step in steps)
            world.Do(step);
        world.Drain();
        return world;
    }

    static Gen<Step[]> Schedules(Act last) =>
        Gen.Select(Gen.Int[0, (int)last], Gen.Int[0, 99], Gen.Int[0, 99], (act, a, b) => new Step((Act)act, a, b)).Array[10, 120];
}
