namespace GroupTicketing.Platform.Tests;

/// <summary>What was said is numbered, sent to the bus in order, and kept to be said again.</summary>
public sealed class OutgoingStreamTests
{
    const string Stream = "speaker-listener";

    readonly Desk desk = new(Desk.Speaker());

    [Fact]
    public async Task What_is_said_is_numbered_and_pending_until_the_bus_has_it()
    {
        await Say(1, 3);
        (await desk.PendingIn(Stream)).ShouldBe(
            new PendingLane("speaker/t1", Stream, Outbox.Bus, DateTimeOffset.UnixEpoch, Desk.Morning, 3)
        );
        (await Outgoing()).ShouldBe([1, 2, 3]);

        await Confirmed(2);

        (await Outgoing()).ShouldBe([3]);
        (await desk.PendingIn(Stream)).Count.ShouldBe(1);
        await Confirmed(1);
        (await Outgoing()).ShouldBe([3], "a late word of the bus changes nothing");
        await Confirmed(3);
        (await desk.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_message_bears_its_place()
    {
        await Say(1, 2);

        var said = (await desk.Dispatched.Outgoing(Desk.Ticket, Stream, CancellationToken.None))[1];

        new Words().Unwait(said).ShouldBe(new Word(Desk.Ticket, "s2", Stream, null, 1, 2, 1));
    }

    [Fact]
    public async Task What_the_bus_did_not_take_waits()
    {
        await Say(1, 1);
        await desk.Dispatched.Postpone(Desk.Ticket, Stream, Desk.Morning.AddSeconds(30), "away", CancellationToken.None);
        await Say(2, 1);

        (await desk.PendingIn(Stream)).Due.ShouldBe(Desk.Morning.AddSeconds(30));
        await Confirmed(2);
        await Say(3, 1);
        (await desk.PendingIn(Stream)).Due.ShouldBe(DateTimeOffset.UnixEpoch, "the bus takes again");
    }

    [Fact]
    public void Long_messages_lie_apart_by_their_bytes()
    {
        var spoken = new OutgoingStream();
        for (var number = 1; number <= 10; number++)
            spoken.Messages.Add(
                new StreamMessage(new Place(1, number), "text", Json.Element(new string('x', 60_000)), null, Desk.Morning)
            );
        spoken.ConfirmUpTo(new Place(1, 8));

        spoken
            .Overflow()
            .Select(said => said.Place.Number)
            .ShouldBe([1L, 2, 3, 4], "four sent ones fit, and what is not sent stays");
        spoken.Messages.Count.ShouldBe(6);
        spoken.Overflow().ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_is_said_again_from_where_it_is_missed_also_what_lies_apart()
    {
        await Say(1, 400);
        await Confirmed(400);
        await Say(401, 2);

        (await desk.Stored()).Streams[Stream].Messages.Count.ShouldBe(OutgoingStream.MostKept + 2);
        (await Again(1)).ShouldBe(Enumerable.Range(1, 402).Select(n => (long)n));
        (await Again(299)).ShouldBe(Enumerable.Range(299, 104).Select(n => (long)n));
        (await Again(403)).ShouldBeEmpty();
        (await desk.Dispatched.Again("t2", Stream, 1, CancellationToken.None)).Messages.ShouldBeEmpty();
        (await desk.Dispatched.Again(Desk.Ticket, "speaker-nobody", 1, CancellationToken.None)).Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_bus_does_not_have_never_lies_apart()
    {
        await Say(1, 400);

        (await Outgoing()).Count.ShouldBe(400);
        (await desk.Memory.ListSide(Sides.Messages, "", CancellationToken.None)).ShouldBeEmpty();
    }

    async Task Say(int from, int count)
    {
        for (var n = from; n < from + count; n++)
            await desk.Door($"s{n}");
    }

    Task Confirmed(int number) => desk.Dispatched.Confirmed(Desk.Ticket, Stream, new Place(1, number), CancellationToken.None);

    async Task<List<long>> Outgoing() =>
        [.. (await desk.Dispatched.Outgoing(Desk.Ticket, Stream, CancellationToken.None)).Select(said => said.Place.Number)];

    async Task<List<long>> Again(int from) =>
        [
            .. (await desk.Dispatched.Again(Desk.Ticket, Stream, from, CancellationToken.None)).Messages.Select(said =>
                said.Place.Number
            ),
        ];
}
