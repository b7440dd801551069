namespace GroupTicketing.Platform.Tests;

/// <summary>What was said is numbered, owed to the bus in order, and kept to be said again.</summary>
public sealed class SpokenTests
{
    const string Stream = "speaker-listener";

    readonly Desk desk = new(Desk.Speaker());

    [Fact]
    public async Task What_is_said_is_numbered_and_owed_until_the_bus_has_it()
    {
        await Say(1, 3);
        (await desk.OwedIn(Stream)).ShouldBe(
            new Owed("speaker/t1", Stream, Debts.Bus, DateTimeOffset.UnixEpoch, Desk.Morning, 3)
        );
        (await Unpaid()).ShouldBe([1, 2, 3]);

        await Paid(2);

        (await Unpaid()).ShouldBe([3]);
        (await desk.OwedIn(Stream)).Count.ShouldBe(1);
        await Paid(1);
        (await Unpaid()).ShouldBe([3], "a late word of the bus changes nothing");
        await Paid(3);
        (await desk.Owed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_message_bears_its_place()
    {
        await Say(1, 2);

        var said = (await desk.Payable.Unpaid(Desk.Ticket, Stream, CancellationToken.None))[1];

        new Words().Unwait(said).ShouldBe(new Word(Desk.Ticket, "s2", Stream, null, 1, 2, 1));
    }

    [Fact]
    public async Task What_the_bus_did_not_take_waits()
    {
        await Say(1, 1);
        await desk.Payable.Postpone(Desk.Ticket, Stream, Desk.Morning.AddSeconds(30), "away", CancellationToken.None);
        await Say(2, 1);

        (await desk.OwedIn(Stream)).Due.ShouldBe(Desk.Morning.AddSeconds(30));
        await Paid(2);
        await Say(3, 1);
        (await desk.OwedIn(Stream)).Due.ShouldBe(DateTimeOffset.UnixEpoch, "the bus takes again");
    }

    [Fact]
    public void Long_messages_lie_apart_by_their_bytes()
    {
        var spoken = new Spoken();
        for (var number = 1; number <= 10; number++)
            spoken.Said.Add(new Said(new Place(1, number), "text", Json.Element(new string('x', 60_000)), null, Desk.Morning));
        spoken.PaidUpTo(new Place(1, 8));

        spoken
            .Overflow()
            .Select(said => said.Place.Number)
            .ShouldBe([1L, 2, 3, 4], "four paid ones fit, and what is unpaid stays");
        spoken.Said.Count.ShouldBe(6);
        spoken.Overflow().ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_is_said_again_from_where_it_is_missed_also_what_lies_apart()
    {
        await Say(1, 400);
        await Paid(400);
        await Say(401, 2);

        (await desk.Stored()).Spoken[Stream].Said.Count.ShouldBe(Spoken.MostKept + 2);
        (await Again(1)).ShouldBe(Enumerable.Range(1, 402).Select(n => (long)n));
        (await Again(299)).ShouldBe(Enumerable.Range(299, 104).Select(n => (long)n));
        (await Again(403)).ShouldBeEmpty();
        (await desk.Payable.Again("t2", Stream, 1, CancellationToken.None)).Said.ShouldBeEmpty();
        (await desk.Payable.Again(Desk.Ticket, "speaker-nobody", 1, CancellationToken.None)).Said.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_bus_does_not_have_never_lies_apart()
    {
        await Say(1, 400);

        (await Unpaid()).Count.ShouldBe(400);
        (await desk.Memory.ListSide(Sides.Said, "", CancellationToken.None)).ShouldBeEmpty();
    }

    async Task Say(int from, int count)
    {
        for (var n = from; n < from + count; n++)
            await desk.Door($"s{n}");
    }

    Task Paid(int number) => desk.Payable.Paid(Desk.Ticket, Stream, new Place(1, number), CancellationToken.None);

    async Task<List<long>> Unpaid() =>
        [.. (await desk.Payable.Unpaid(Desk.Ticket, Stream, CancellationToken.None)).Select(said => said.Place.Number)];

    async Task<List<long>> Again(int from) =>
        [.. (await desk.Payable.Again(Desk.Ticket, Stream, from, CancellationToken.None)).Said.Select(said => said.Place.Number)];
}
