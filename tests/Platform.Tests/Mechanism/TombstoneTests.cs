using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Platform.Tests;

/// <summary>What ended leaves a tombstone: it knows the ticket again and the places of its streams, and nothing else.</summary>
public sealed class TombstoneTests
{
    const string Stream = "speaker-listener";

    static readonly CancellationToken ct = CancellationToken.None;
    static readonly DateTimeOffset closes = Desk.Morning.AddDays(30);

    readonly Desk desk = new(Closing(kept: true));

    [Fact]
    public async Task Nothing_is_left_of_it_but_what_the_service_keeps_and_the_places_of_its_streams()
    {
        await desk.Bus(1);
        await desk.Door("private words", "source-1");
        await desk.Door("closed");
        await SayAll();
        await desk.Memory.PutSide(Sides.Texts, $"{desk.Name}/{Desk.Ticket}|abc", [1], null, ct);

        await Pass(TimeSpan.FromDays(31));

        var stored = await desk.Stored();
        stored.State.Lines.ShouldBe(["it was closed"]);
        stored.Heard["speaker-listener"].ShouldBe(new Place(1, 1));
        (stored.Streams[Stream].Last, stored.Streams[Stream].Confirmed, stored.Streams[Stream].Messages.Count).ShouldBe(
            (new Place(1, 3, 1), new Place(1, 3, 1), 0)
        );
        stored.Taken.ShouldBeEmpty();
        stored.Ended.ShouldBe(desk.Clock.GetUtcNow());
        System
            .Text.Encoding.UTF8.GetString((await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", ct))!.Body)
            .ShouldNotContain("private");
        (await desk.Memory.ListSide(Sides.Texts, "", ct)).ShouldBeEmpty();
        (await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", ct))!.Shelf.ShouldBe(StoredDocument.Tombstones);
    }

    [Fact]
    public async Task What_comes_afterwards_is_neither_a_gap_nor_a_repeat_and_what_is_said_goes_on_counting()
    {
        await desk.Bus(1);
        await desk.Bus(2);
        await desk.Door("closed");
        await SayAll();
        await Pass(TimeSpan.FromDays(31));

        (await desk.Bus(2)).Verdict.ShouldBe(Verdict.Repeat);
        (await desk.Bus(3)).Verdict.ShouldBe(Verdict.Next);

        (await desk.Dispatched.Outgoing(Desk.Ticket, Stream, ct)).ShouldHaveSingleItem().Place.ShouldBe(new Place(1, 4, 1));
        (await desk.Dispatched.Again(Desk.Ticket, Stream, 1, ct))
            .Messages.ShouldHaveSingleItem()
            .Place.Number.ShouldBe(4, "what was said before its end is never said again");
    }

    [Fact]
    public async Task What_makes_it_live_again_lifts_it_from_its_shelf()
    {
        await desk.Door("closed");
        await SayAll();
        await Pass(TimeSpan.FromDays(31));

        await desk.Door("merci");
        (await desk.Stored()).Ended.ShouldNotBeNull("it says nothing new of its end");
        await desk.Door("opened again");

        (await desk.Stored()).Ended.ShouldBeNull();
        (await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", ct))!.Shelf.ShouldBeNull();
    }

    [Fact]
    public async Task It_goes_once_nobody_keeps_it_any_more()
    {
        var isKept = true;
        var desk = new Desk(Closing(() => isKept));
        await desk.Door("closed");
        await SayAll(desk);
        await Pass(TimeSpan.FromDays(31), desk);
        await Pass(TimeSpan.FromDays(401), desk);
        (await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", ct)).ShouldNotBeNull("its school takes part");

        isKept = false;
        await Pass(TimeSpan.FromDays(401), desk);

        (await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_document_with_something_pending_does_not_end()
    {
        await desk.Door("closed");

        await Pass(TimeSpan.FromDays(31));

        (await desk.Stored()).Ended.ShouldBeNull();
    }

    static Notebook Closing(bool kept) => Closing(() => kept);

    static Notebook Closing(Func<bool> kept) =>
        new("speaker", (_, word) => [new Effect.Say(word with { Stream = Stream, Number = 0 })])
        {
            Ends = notes =>
                notes.Lines.Contains("opened again") || !notes.Lines.Any(line => line.Contains("closed")) ? null : closes,
            Kept = _ => kept() ? new Notes(["it was closed"]) : null,
        };

    Task SayAll() => SayAll(desk);

    static async Task SayAll(Desk desk)
    {
        var outgoing = await desk.Dispatched.Outgoing(Desk.Ticket, Stream, ct);
        await desk.Dispatched.Confirmed(Desk.Ticket, Stream, outgoing[^1].Place, ct);
    }

    Task Pass(TimeSpan time) => Pass(time, desk);

    static async Task Pass(TimeSpan time, Desk desk)
    {
        desk.Clock.Advance(time);
        await new Cleaner(desk.Memory, [desk.Documents], desk.Clock, NullLogger<Cleaner>.Instance).Clean(ct);
    }
}
