using CsCheck;

namespace GroupTicketing.Platform.Tests;

/// <summary>
/// A backup is put back under two deciders that speak through a bus: each goes on from what it then knew, in a higher
/// epoch, and whatever order the messages arrive in, the listener takes all that the
/// speaker says since, once and in order.
/// </summary>
public sealed class RestoredStreamTests
{
    const string Stream = "speaker-listener";

    static readonly CancellationToken ct = CancellationToken.None;

    [Fact]
    public void Whatever_order_they_arrive_in_all_that_is_said_since_is_taken_once_in_order() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 11], Gen.Int[1, 5], Gen.Int)
            .Sample(
                (said, heard, since, seed) => Plays(said, heard, since, new Random(seed)).GetAwaiter().GetResult(),
                iter: 2_000,
                threads: 1
            );

    // What is heard beyond what was said at the backup was said after it, and the speaker has forgotten it: the
    // listener's document was copied later.
    static async Task Plays(int said, int heard, int since, Random chance)
    {
        var (speaker, listener) = (Desk.Speaker(), new Notebook("listener"));
        var (ours, theirs) = (new Desk(speaker), new Desk(listener));
        for (var n = 1; n <= said; n++)
            await ours.Door($"old {n}");
        var backup = await PutBack(ours, speaker, 1);
        for (var n = said + 1; n <= heard; n++)
            await ours.Door($"forgotten {n}");
        foreach (var word in (await ours.Dispatched.Outgoing(Desk.Ticket, Stream, ct)).Take(heard))
            await theirs.Dispatched.Hear(new Words().Unwait(word), ct);
        var before = await theirs.Lines();
        ours = backup;
        await Confirmed(ours);
        (ours, theirs) = (await PutBack(ours, speaker, 2), await PutBack(theirs, listener, 2));
        for (var n = 1; n <= since; n++)
            await ours.Door($"since {n}");
        await Delivered(ours, theirs, chance);

        (await theirs.Lines()).ShouldBe(
            [.. before, .. (await ours.Lines()).Skip(Math.Min(said, heard))],
            $"said {said}, heard {heard}, {since} since"
        );
    }

    // Each message once or twice, in any order; then what is asked for, until nothing is.
    static async Task Delivered(Desk ours, Desk theirs, Random chance)
    {
        var words = (await ours.Dispatched.Outgoing(Desk.Ticket, Stream, ct)).ToList();
        await Confirmed(ours);
        foreach (var word in words.Concat(words.Where(_ => chance.Next(3) == 0)).OrderBy(_ => chance.Next()))
            await theirs.Dispatched.Hear(new Words().Unwait(word), ct);
        for (var round = 0; round < 10; round++)
        {
            theirs.Clock.Advance(Inbox.GapPatience);
            if (await theirs.Dispatched.AskFor(Desk.Ticket, Stream, ct) is not { } from)
                return;
            var again = (await ours.Dispatched.Again(Desk.Ticket, Stream, from, ct)).Messages;
            foreach (var word in again.OrderBy(_ => chance.Next()))
                await theirs.Dispatched.Hear(new Words().Unwait(word), ct);
        }
    }

    static async Task Confirmed(Desk desk)
    {
        if ((await desk.Dispatched.Outgoing(Desk.Ticket, Stream, ct)).LastOrDefault() is { } last)
            await desk.Dispatched.Confirmed(Desk.Ticket, Stream, last.Place, ct);
    }

    static async Task<Desk> PutBack(Desk desk, Notebook decider, int epoch)
    {
        var memory = new MemoryStore { Epoch = epoch };
        if (await desk.Memory.Load($"{decider.Name}/{Desk.Ticket}", ct) is { } stored)
            await memory.Save(stored with { Version = 1 }, [], ct);
        return new Desk(decider, memory, desk.Clock);
    }
}
