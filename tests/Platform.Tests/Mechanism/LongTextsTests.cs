namespace GroupTicketing.Platform.Tests;

/// <summary>A document stays small however long the texts of a ticket are; nobody who reads it notices.</summary>
public sealed class LongTextsTests
{
    const int MostBytes = 64 * 1024;

    readonly Desk desk = new(Desk.Speaker());

    static string Text(int number) => $"{number} {new string('é', 30_000)}";

    [Fact]
    public async Task A_document_of_many_long_texts_is_small_and_read_whole()
    {
        for (var number = 1; number <= 20; number++)
            await desk.Door(Text(number));

        (await Stored()).Length.ShouldBeLessThan(MostBytes / 4);
        (await desk.Lines()).ShouldBe(Enumerable.Range(1, 20).Select(Text));
        (await desk.Dispatched.Outgoing(Desk.Ticket, "speaker-listener", CancellationToken.None))
            .Select(said => ((Word)new Words().Unwait(said)).Text)
            .ShouldBe(Enumerable.Range(1, 20).Select(Text));
    }

    [Fact]
    public async Task A_text_is_laid_apart_once()
    {
        var laid = 0;
        desk.Store.After = write => laid += write == nameof(IStore.PutSide) ? 1 : 0;
        for (var number = 1; number <= 4; number++)
            await desk.Door(Text(number));

        laid.ShouldBe(4, "the state and the message said hold the same text");
        await new Desk(Desk.Speaker(), desk.Memory, desk.Clock).Door("short");
        laid.ShouldBe(4);
    }

    [Fact]
    public async Task A_small_document_keeps_its_texts()
    {
        await desk.Door(new string('x', 20_000));

        (await desk.Memory.ListSide(Sides.Texts, "", CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_that_could_not_be_laid_apart_is_no_document()
    {
        await desk.Door(Text(1));
        desk.Store.FailOn(nameof(IStore.PutSide));

        await Should.ThrowAsync<StoreUnavailableException>(() => desk.Door(Text(2)));

        desk.Store.Mend();
        (await desk.Lines()).ShouldBe([Text(1)]);
        await desk.Door(Text(2));
        (await desk.Lines()).ShouldBe([Text(1), Text(2)]);
    }

    [Fact]
    public async Task A_missing_text_is_the_stores_fault()
    {
        await desk.Door(Text(1));
        await desk.Door(Text(2));
        foreach (var (key, _) in await desk.Memory.ListSide(Sides.Texts, "", CancellationToken.None))
            await desk.Memory.DeleteSide(Sides.Texts, key, CancellationToken.None);

        await Should.ThrowAsync<StoreUnavailableException>(desk.Lines);
    }

    [Fact]
    public async Task What_looks_like_a_mark_is_a_text()
    {
        const string Mark = """{"$text":"0123"}""";
        await desk.Door(Mark);
        await desk.Door(Text(1));
        await desk.Door(Text(2));

        (await desk.Lines()).ShouldBe([Mark, Text(1), Text(2)]);
    }

    async Task<byte[]> Stored() => (await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", CancellationToken.None))!.Body;
}
