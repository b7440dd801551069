namespace GroupTicketing.Platform.Tests;

/// <summary>A process remembers what it wrote last; another instance may have written since. What is remembered is a
/// first guess, never the truth.</summary>
public sealed class RecentTests
{
    readonly Desk here;
    readonly Desk there;

    public RecentTests()
    {
        here = new Desk(Desk.Caller());
        there = new Desk(Desk.Caller(), here.Memory, here.Clock);
    }

    [Fact]
    public async Task A_document_is_read_back_once_for_many_messages()
    {
        for (var number = 1; number <= 5; number++)
            await here.Bus(number);

        (await here.Lines()).Count.ShouldBe(5);
        here.Store.Loads.ShouldBe(1, "the one just now: the first of a stream is taken for the first of its document");
    }

    [Fact]
    public async Task The_first_of_a_stream_that_was_not_its_document_s_first_is_taken_all_the_same()
    {
        await there.Door("zero");
        await here.Bus(1);
        await there.Bus(1);

        (await here.Lines()).ShouldBe(["zero", "w1"]);
    }

    [Fact]
    public async Task What_another_instance_wrote_since_is_not_written_over()
    {
        await here.Bus(1);
        await there.Bus(2);
        await here.Bus(3);

        (await here.Lines()).ShouldBe(["w1", "w2", "w3"]);
    }

    [Fact]
    public async Task That_nothing_is_due_is_believed_only_of_what_is_stored()
    {
        await here.Door("one");
        var attempt = (await here.Claim())!;
        await there.Settle(attempt, new Answer.TryAgain("busy", TimeSpan.Zero));

        (await here.Claim()).ShouldNotBeNull("here it is still remembered as leased").Number.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_sent_elsewhere_already_is_at_most_said_twice()
    {
        var (speaker, other) = Speakers();
        await speaker.Door("one");
        await other.Dispatched.Confirmed(Desk.Ticket, "speaker-listener", new Place(1, 1), CancellationToken.None);

        (await speaker.Dispatched.Outgoing(Desk.Ticket, "speaker-listener", CancellationToken.None)).Count.ShouldBe(1);
        await speaker.Dispatched.Confirmed(Desk.Ticket, "speaker-listener", new Place(1, 1), CancellationToken.None);

        (await speaker.Dispatched.Outgoing(Desk.Ticket, "speaker-listener", CancellationToken.None)).ShouldBeEmpty();
        (await speaker.Pending()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_that_failed_is_forgotten()
    {
        await here.Bus(1);
        here.Store.FailOn(nameof(IStore.Save));
        await Should.ThrowAsync<StoreUnavailableException>(() => here.Bus(2));
        here.Store.Mend();

        (await here.Bus(2)).Verdict.ShouldBe(Verdict.Next);
        (await here.Lines()).ShouldBe(["w1", "w2"]);
    }

    static (Desk Speaker, Desk Other) Speakers()
    {
        var speaker = new Desk(Desk.Speaker());
        return (speaker, new Desk(Desk.Speaker(), speaker.Memory, speaker.Clock));
    }
}
