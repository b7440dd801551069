namespace GroupTicketing.Platform.Tests;

/// <summary>Paying the bus: each stream in order, as far as it goes.</summary>
public sealed class BusPayerTests : IBus
{
    const string Stream = "speaker-listener";

    readonly Desk desk = new(Desk.Speaker());
    readonly List<object> published = [];
    readonly BusPayer payer;
    Action<object> take = _ => { };
    bool isEmbedded;

    public BusPayerTests() => payer = new BusPayer(this, new Words(), desk.Clock);

    bool IBus.IsEmbedded => isEmbedded;

    Task IBus.Publish(object message, CancellationToken ct)
    {
        take(message);
        published.Add(message);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_stream_is_published_in_order_once()
    {
        await Say("a", "b", "c");

        (await Pay()).ShouldBeOfType<Answer.Done>();
        await Pay();

        published.Cast<Word>().Select(word => (word.Text, word.Number)).ShouldBe([("a", 1), ("b", 2), ("c", 3)]);
        (await desk.Owed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_went_before_a_refusal_is_paid_and_the_rest_waits()
    {
        await Say("a", "b", "c");
        take = message => { if (message is Word { Text: "b" }) throw new InvalidOperationException("private words"); };

        var answer = (await Pay()).ShouldBeOfType<Answer.TryAgain>();

        answer.TargetDown.ShouldBeFalse("other tickets go on");
        answer.Reason.ShouldNotContain("private");
        var owed = await desk.OwedIn(Stream);
        (owed.Count, owed.Due).ShouldBe((2, Desk.Morning + payer.Deadline));
        take = _ => { };
        await Pay();
        published.Cast<Word>().Select(word => word.Text).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_bus_that_is_away_is_away_for_all()
    {
        await Say("a");
        take = _ => throw new BusUnavailableException("no broker");

        var answer = (await Pay()).ShouldBeOfType<Answer.TryAgain>();

        (answer.TargetDown, answer.Reason).ShouldBe((true, "no broker"));
        (await desk.OwedIn(Stream)).Due.ShouldBe(DateTimeOffset.UnixEpoch, "the bus waits, not the stream");
    }

    [Fact]
    public async Task One_process_alone_notes_what_it_paid_a_little_later_and_says_nothing_twice_meanwhile()
    {
        isEmbedded = true;
        await Say("a", "b");
        await Pay();
        (await desk.OwedIn(Stream)).Count.ShouldBe(2, "not noted yet");

        await Say("c");
        await Pay();
        published.Count.ShouldBe(3);

        var writes = (await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", CancellationToken.None))!.Version;
        await payer.Note(CancellationToken.None);
        await payer.Note(CancellationToken.None);
        (await desk.Owed()).ShouldBeEmpty();
        (await desk.Memory.Load($"{desk.Name}/{Desk.Ticket}", CancellationToken.None))!.Version.ShouldBe(
            writes + 1,
            "one write for all of it"
        );
    }

    [Fact]
    public async Task What_could_not_be_noted_is_noted_the_next_time()
    {
        isEmbedded = true;
        await Say("a");
        await Pay();
        desk.Store.Before = _ => throw new StoreUnavailableException("away");
        await payer.Note(CancellationToken.None);
        (await desk.Owed()).ShouldNotBeEmpty();

        desk.Store.Mend();
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await payer.Note(CancellationToken.None);

        (await desk.Owed()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_document_whose_write_always_throws_holds_up_no_other_and_is_tried_at_growing_intervals(bool isOurs)
    {
        isEmbedded = true;
        await Say("a");
        await desk.Documents.Transact("t2", new Word("t2", "b").AtTheDoor(), CancellationToken.None);
        await Pay();
        await payer.Pay(desk.Documents, "t2", Stream, CancellationToken.None);
        desk.Store.Refused = $"{desk.Name}/{Desk.Ticket}";
        desk.Store.RefusedBy = isOurs ? new InvalidOperationException("always") : new StoreUnavailableException("too large");
        desk.Store.Refusals = 0;

        for (var sweep = 0; sweep < 240; sweep++)
        {
            await payer.Note(CancellationToken.None);
            desk.Clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        (await desk.Memory.AllOwed($"{desk.Name}/t2", 10, CancellationToken.None)).ShouldBeEmpty("the other was written");
        desk.Store.Refusals.ShouldBeInRange(3, 6, "in two minutes");
        desk.Store.Refused = null;
        await payer.Note(CancellationToken.None, isLast: true);
        (await desk.Owed()).ShouldBeEmpty("a clean end leaves nothing");
    }

    [Fact]
    public async Task What_went_before_a_refusal_is_noted_at_once()
    {
        isEmbedded = true;
        await Say("a", "b");
        take = message => { if (message is Word { Text: "b" }) throw new InvalidOperationException(); };

        await Pay();

        (await desk.OwedIn(Stream)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_missing_is_asked_of_its_speaker()
    {
        var listener = new Desk(new Notebook("listener"));
        await listener.Bus(4);
        listener.Clock.Advance(Inbox.GapPatience);

        await payer.Pay(listener.Documents, Desk.Ticket, Debts.MissingLane + Stream, CancellationToken.None);

        published.ShouldHaveSingleItem().ShouldBe(new Missing(Stream, Desk.Ticket, 1));
    }

    [Fact]
    public async Task A_question_that_could_not_be_asked_is_asked_again_later()
    {
        var listener = new Desk(new Notebook("listener"));
        await listener.Bus(4);
        listener.Clock.Advance(Inbox.GapPatience);
        take = _ => throw new InvalidOperationException();

        (
            await payer.Pay(listener.Documents, Desk.Ticket, Debts.MissingLane + Stream, CancellationToken.None)
        ).ShouldBeOfType<Answer.TryAgain>();

        (await listener.Owed()).ShouldHaveSingleItem().Due.ShouldBe(listener.Clock.GetUtcNow() + Inbox.GapPatience);
    }

    async Task Say(params string[] words)
    {
        foreach (var word in words)
            await desk.Door(word);
    }

    Task<Answer> Pay() => payer.Pay(desk.Documents, Desk.Ticket, Stream, CancellationToken.None);
}
