namespace GroupTicketing.Platform.Tests;

/// <summary>What must hold in every world once nothing is pending any more.</summary>
static class Invariants
{
    public const string Lost = "a comment was lost";
    public const string Repeated = "a repeat had a second effect";
    public const string OutOfOrder = "the listener did not hear what was said, once and in order";
    public const string Twice = "a ticket was created twice";
    public const string NotTold = "what was done was not told, once and in order";
    public const string StillPending = "something is pending for ever";

    /// <summary>The names of those that do not hold.</summary>
    public static IEnumerable<string> BrokenIn(SmallWorld world)
    {
        if (world.Pending.Count > 0)
            yield return StillPending;
        foreach (var ticket in world.Sent.GroupBy(word => word.Ticket))
        {
            var speaker = world.Heard("speaker", ticket.Key);
            var said = speaker.Where(line => !line.StartsWith(SmallDeciders.Done, StringComparison.Ordinal)).ToList();
            var told = speaker.Except(said).Select(line => line[SmallDeciders.Done.Length..]);
            var texts = ticket.Select(word => word.Text).ToHashSet();
            if (!texts.IsSubsetOf(said) || texts.Any(text => !world.Ledger.Has(text)))
                yield return Lost;
            if (said.Count != said.Distinct().Count())
                yield return Repeated;
            if (!world.Heard("listener", ticket.Key).SequenceEqual(said))
                yield return OutOfOrder;
            if (!told.SequenceEqual(said))
                yield return NotTold;
        }
        if (Doubles(world).Any(pair => !ByTheClock(world, pair)))
            yield return Twice;
    }

    /// <summary>Tickets created twice because the wall clock jumped forward in between, counted apart: no rule that
    /// counts wall seconds can prevent them.</summary>
    public static int TwiceByTheClock(SmallWorld world) => Doubles(world).Count(pair => ByTheClock(world, pair));

    static IEnumerable<(Ledger.Row First, Ledger.Row Second)> Doubles(SmallWorld world) =>
        world.Ledger.Rows.GroupBy(row => row.Key).SelectMany(rows => rows.Zip(rows.Skip(1)));

    static bool ByTheClock(SmallWorld world, (Ledger.Row First, Ledger.Row Second) pair) =>
        world.JumpedForward(pair.First.Sent - Flight.Deadline, pair.Second.Sent);
}
