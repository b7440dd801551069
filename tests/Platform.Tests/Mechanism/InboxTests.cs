namespace GroupTicketing.Platform.Tests;

/// <summary>Order and repeats: what a document does with a message before any decision.</summary>
public sealed class InboxTests
{
    readonly Desk desk = new(new Notebook("listener"));

    [Theory]
    [InlineData(1, 3, 1, 4, Verdict.Next)]
    [InlineData(1, 3, 1, 3, Verdict.Repeat)]
    [InlineData(1, 3, 1, 1, Verdict.Repeat)]
    [InlineData(1, 3, 1, 5, Verdict.Early)]
    [InlineData(0, 0, 1, 1, Verdict.Next)]
    [InlineData(0, 0, 1, 2, Verdict.Early)]
    [InlineData(1, 8, 2, 6, Verdict.Next)]
    [InlineData(1, 8, 2, 9, Verdict.Next)]
    [InlineData(1, 5, 2, 8, Verdict.Early)]
    [InlineData(2, 6, 1, 7, Verdict.Repeat)]
    public void A_place_is_next_early_or_a_repeat(long heardEpoch, long heard, long epoch, long number, Verdict verdict) =>
        new Incoming(new(heardEpoch, heard), [], new(heardEpoch, heard)).Judge(new(epoch, number)).ShouldBe(verdict);

    [Fact]
    public async Task Messages_are_taken_in_number_order_whatever_order_they_come_in()
    {
        foreach (var number in (int[])[3, 1, 3, 5, 2, 2, 4, 1])
            await desk.Bus(number);

        (await desk.Lines()).ShouldBe(["w1", "w2", "w3", "w4", "w5"]);
        (await desk.Stored()).Waiting.ShouldBeEmpty();
        (await desk.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repeat_writes_nothing()
    {
        await desk.Bus(1);
        desk.Store.FailOn(nameof(IStore.Save));

        (await desk.Bus(1)).Verdict.ShouldBe(Verdict.Repeat);
    }

    [Fact]
    public async Task The_same_source_id_is_decided_once_by_whatever_way_it_comes()
    {
        await desk.Door("comment", "glpi-7");
        await desk.Door("comment by poll", "glpi-7");
        await desk.Hear(new Word(Desk.Ticket, "comment by bus", SourceId: "glpi-7").At(1));
        await desk.Bus(2);

        (await desk.Lines()).ShouldBe(["comment", "w2"], "and the number of the repeat counts as heard");
    }

    [Fact]
    public async Task The_oldest_source_ids_are_forgotten_first()
    {
        var document = new Document<Notes> { State = new([]) };
        for (var n = 0; n <= Inbox.MostSourceIds; n++)
            document.Remember($"id {n}").ShouldBeTrue();

        document.Taken.Count.ShouldBe(Inbox.MostSourceIds);
        document.Remember($"id {Inbox.MostSourceIds}").ShouldBeFalse();
        document.Remember("id 1").ShouldBeFalse();
        document.Remember("id 0").ShouldBeTrue("it was the oldest");
        await Task.CompletedTask;
    }

    [Fact]
    public async Task After_a_restore_the_speaker_counts_on_in_a_higher_epoch()
    {
        foreach (var number in (int[])[1, 2, 3])
            await desk.Bus(number);
        // The speaker's backup knew only the first; what it says next is new, whatever its number was used for before.
        await desk.Hear(new Word(Desk.Ticket, "new 2").At(2, epoch: 2));
        (await desk.Bus(4)).Verdict.ShouldBe(Verdict.Repeat, "the old epoch is over");
        await desk.Hear(new Word(Desk.Ticket, "new 3").At(3, epoch: 2));

        (await desk.Lines()).ShouldBe(["w1", "w2", "w3", "new 2", "new 3"]);
    }

    [Fact]
    public async Task After_a_restore_the_speaker_gives_higher_places()
    {
        var speaker = new Desk(Desk.Speaker());
        await speaker.Door("one");
        speaker.Memory.Epoch = 2;
        await speaker.Door("two");

        var said = await speaker.Dispatched.Outgoing(Desk.Ticket, "speaker-listener", CancellationToken.None);
        said.Select(one => one.Place).ShouldBe([new Place(1, 1, 1), new Place(2, 2, 2, "1:1")]);
    }
}
