using CsCheck;

namespace GroupTicketing.Platform.Tests;

/// <summary>In one process, whatever happens in whatever order, nothing that was said is lost, doubled, out of order in
/// its stream or outgoing for ever; and each of these is seen to break when something is broken on purpose.</summary>
public sealed class WavePropertyTests(ITestOutputHelper output)
{
    const string StillPending = "something is outgoing for ever";
    const string Lost = "a comment was lost";
    const string Repeated = "a repeat had a second effect";
    const string OutOfOrder = "a listener did not hear what was said, once and in order";
    const string NotTold = "an answer was not heard, once and in order";
    const string Astray = "another ticket did not hear what was said to it";

    static readonly Gen<WaveStep[]> schedules = Gen
        .Select(
            Gen.Frequency((4, Gen.Const(0)), (8, Gen.Int[1, (int)WaveAct.Start])),
            Gen.Int[0, 99],
            Gen.Int[0, 99],
            (act, a, b) => new WaveStep((WaveAct)act, a, b)
        )
        .Array[10, 80];

    [Fact]
    public void Nothing_is_lost_doubled_out_of_order_or_outgoing_for_ever()
    {
        var outgoing = 0;
        schedules.Sample(
            steps =>
            {
                var world = Run(steps, WaveFlaw.None);
                Interlocked.Add(ref outgoing, world.Outgoing);
                return !BrokenIn(world).Any();
            },
            iter: 1_000,
            print: steps =>
                string.Join("\n", steps) + "\n" + string.Join("\n", BrokenIn(Run(steps, WaveFlaw.None)))
        );
        output.WriteLine($"{outgoing} messages went by themselves");
        outgoing.ShouldBeGreaterThan(1_000);
    }

    [Theory]
    [InlineData(nameof(WaveFlaw.ForgetSourceIds), Repeated)]
    [InlineData(nameof(WaveFlaw.ForgetNumbers), OutOfOrder)]
    [InlineData(nameof(WaveFlaw.ForgetPending), OutOfOrder)]
    [InlineData(nameof(WaveFlaw.ForgetPending), Astray)]
    [InlineData(nameof(WaveFlaw.NeverSend), StillPending)]
    [InlineData(nameof(WaveFlaw.OneByOne), NotTold)]
    public void A_broken_mechanism_is_found_out(string flaw, string invariant) => Should.Throw<CsCheckException>(() =>
        schedules.Sample(steps => !BrokenIn(Run(steps, Enum.Parse<WaveFlaw>(flaw))).Contains(invariant), iter: 300));

    static WaveWorld Run(WaveStep[] steps, WaveFlaw flaw)
    {
        var world = new WaveWorld(flaw);
        foreach (var step in steps)
            world.Do(step);
        world.Drain();
        return world;
    }

    static IEnumerable<string> BrokenIn(WaveWorld world)
    {
        if (world.Pending.Count > 0)
            yield return StillPending;
        foreach (var ticket in WaveDeciders.Tickets)
        {
            var (comments, answers, _) = Sorted(world.Heard("first", ticket));
            var sent = world.Sent.Where(word => word.Ticket == ticket).Select(word => word.Text).ToHashSet();
            if (!sent.SetEquals(comments))
                yield return Lost;
            if (comments.Count != comments.Distinct().Count())
                yield return Repeated;
            var said = comments.SelectMany(WaveDeciders.SaidOf).ToList();
            var third = Sorted(world.Heard("third", ticket));
            if (!world.Heard("second", ticket).SequenceEqual(said) || !third.Words.SequenceEqual(said))
                yield return OutOfOrder;
            var done = said.Where(WaveDeciders.IsCall).Select(word => WaveDeciders.Done + word);
            if (
                !answers.SequenceEqual(third.Answers)
                || !answers.Where(IsDone).SequenceEqual(done)
                || !answers.Where(answer => !IsDone(answer)).SequenceEqual(said.Select(word => WaveDeciders.Answered + word))
            )
                yield return NotTold;
            var far = Sorted(world.Heard("first", WaveDeciders.Other(ticket))).Words.Where(WaveDeciders.IsFar).ToList();
            foreach (var service in new[] { "first", "third" })
            {
                if (!Sorted(world.Heard(service, ticket)).Far.SequenceEqual(far.Select(comment => WaveDeciders.Far + comment)))
                    yield return Astray;
            }
        }
    }

    static bool IsDone(string answer) => answer.StartsWith(WaveDeciders.Done, StringComparison.Ordinal);

    static (List<string> Words, List<string> Answers, List<string> Far) Sorted(IReadOnlyList<string> lines)
    {
        var kinds = lines.ToLookup(line =>
            line.StartsWith(WaveDeciders.Far, StringComparison.Ordinal) ? WaveDeciders.Far
            : IsDone(line) || line.StartsWith(WaveDeciders.Answered, StringComparison.Ordinal) ? WaveDeciders.Answered
            : ""
        );
        return ([.. kinds[""]], [.. kinds[WaveDeciders.Answered]], [.. kinds[WaveDeciders.Far]]);
    }
}
