using CsCheck;

namespace GroupTicketing.Platform.Tests;

/// <summary>
/// A speaker is put back again and again, each time from any backup there is, with messages of every life of it still
/// under way; a listener is put back, too; a speaker's document ends. Whatever the bus repeats, loses
/// and shuffles: what the speaker still has is taken once and in order, and nobody asks for ever.
/// </summary>
public sealed class RestoredAgainTests
{
    const string Stream = "speaker-listener";

    static readonly CancellationToken ct = CancellationToken.None;
    static readonly Words words = new();

    readonly Notebook speaker = Desk.Speaker();
    readonly Notebook listener = new("listener");

    [Fact]
    public void All_that_its_speaker_still_has_is_taken_once_in_order() =>
        Gen.Select(Gen.Int[0, (int)Act.Forget], Gen.Int[0, 99])
            .Array[5, 60]
            .Sample(
                steps =>
                    new RestoredAgainTests().Plays(steps.Select(step => ((Act)step.Item1, step.Item2))).GetAwaiter().GetResult(),
                iter: 3_000,
                threads: 1
            );

    [Fact]
    public async Task What_was_said_between_two_restores_is_taken_before_what_is_said_after_the_second()
    {
        await Plays([
            (Act.Say, 0),
            (Act.Backup, 0),
            (Act.Restore, 0),
            (Act.Say, 1),
            (Act.Say, 2),
            (Act.Backup, 0),
            (Act.Restore, 1),
            (Act.Say, 3),
            (Act.Deliver, 3),
            (Act.Deliver, 0),
        ]);
    }

    [Fact]
    public async Task An_older_backup_was_put_back_by_mistake_and_then_the_right_one()
    {
        await Plays([
            (Act.Say, 0),
            (Act.Backup, 0),
            (Act.Say, 1),
            (Act.Say, 2),
            (Act.Backup, 0),
            (Act.Deliver, 0),
            (Act.Restore, 0),
            (Act.Say, 3),
            (Act.Deliver, 3),
            (Act.Restore, 1),
        ]);
    }

    Desk ours = new(Desk.Speaker());
    Desk theirs = new(new Notebook("listener"));
    readonly List<MemoryStore> backups = [];
    readonly List<MemoryStore> copies = [];
    readonly List<Word> underWay = [];
    int epoch = 1;
    int said;

    async Task Plays(IEnumerable<(Act Act, int Which)> steps)
    {
        foreach (var (act, which) in steps)
            await Do(act, which);
        await Do(Act.Say, 0);
        await Do(Act.Say, 0);
        for (var round = 0; round < 60; round++)
        {
            while (underWay.Count > 0)
                await Do(Act.Deliver, round);
            await Ask();
        }
        (await theirs.Pending()).ShouldBeEmpty("it would ask for ever");
        var kept = (await ours.Dispatched.Again(Desk.Ticket, Stream, 0, ct))
            .Messages.Select(one => ((Word)words.Unwait(one)).Text)
            .ToList();
        (await theirs.Lines()).Where(kept.Contains).ShouldBe(kept);
    }

    async Task Do(Act act, int which)
    {
        switch (act)
        {
            case Act.Say:
                await ours.Door($"word {++said}");
                var outgoing = await ours.Dispatched.Outgoing(Desk.Ticket, Stream, ct);
                underWay.AddRange(outgoing.Select(one => (Word)words.Unwait(one)));
                await ours.Dispatched.Confirmed(Desk.Ticket, Stream, outgoing[^1].Place, ct);
                break;
            case Act.Deliver or Act.Repeat or Act.Lose when underWay.Count > 0:
                var word = underWay[which % underWay.Count];
                if (act is not Act.Lose)
                    await theirs.Dispatched.Hear(word, ct);
                if (act is not Act.Repeat)
                    underWay.Remove(word);
                break;
            case Act.Ask:
                await Ask();
                break;
            case Act.Backup:
                backups.Add(await Copy(ours, speaker, 0));
                copies.Add(await Copy(theirs, listener, 0));
                break;
            case Act.Restore when backups.Count > 0:
                ours = new Desk(
                    speaker,
                    await Copy(new Desk(speaker, backups[which % backups.Count]), speaker, ++epoch),
                    ours.Clock
                );
                break;
            case Act.RestoreListener when copies.Count > 0:
                theirs = new Desk(
                    listener,
                    await Copy(new Desk(listener, copies[which % copies.Count]), listener, epoch),
                    theirs.Clock
                );
                break;
            case Act.Forget when which < 20:
                ours = new Desk(
                    speaker,
                    await Copy(ours, speaker, epoch, document =>
                        document.Streams.Values.ToList().ForEach(spoken => spoken.Messages.Clear())
                    ),
                    ours.Clock
                );
                // What was passed over stays so, also where an older backup brings it back.
                backups.Clear();
                break;
        }
    }

    async Task Ask()
    {
        theirs.Clock.Advance(Inbox.GapPatience);
        if (await theirs.Dispatched.AskFor(Desk.Ticket, Stream, ct) is not { } from)
            return;
        var again = await ours.Dispatched.Again(Desk.Ticket, Stream, from, ct);
        underWay.AddRange(again.Messages.Select(one => (Word)words.Unwait(one)));
        if (again.Forgot(new Missing(Stream, Desk.Ticket, from)) is { } forgotten)
            await theirs.Dispatched.PassOver(forgotten, ct);
    }

    static async Task<MemoryStore> Copy(Desk desk, Notebook decider, int epoch, Action<Document<Notes>>? change = null)
    {
        var memory = new MemoryStore { Epoch = epoch };
        if (await desk.Memory.Load($"{decider.Name}/{Desk.Ticket}", ct) is not { } stored)
            return memory;
        var document = await desk.Stored();
        change?.Invoke(document);
        await memory.Save(stored with { Version = 1, Body = Json.Write(document) }, document.Pending(stored.Key), ct);
        return memory;
    }

    enum Act
    {
        Say,
        Deliver,
        Repeat,
        Lose,
        Ask,
        Backup,
        Restore,
        RestoreListener,
        Forget,
    }
}
