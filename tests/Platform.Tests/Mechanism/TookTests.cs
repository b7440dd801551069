using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform.Tests;

/// <summary>A service is told of each decision once, and only of what was saved: decisions are made again after a lost
/// race.</summary>
public sealed class TookTests
{
    readonly Notebook decider = new("listener", (_, word) => [new Effect.Call("itop", "itop", "create", word.Text)])
    {
        Settled = (notes, _, _) => notes,
    };
    readonly Desk desk;

    public TookTests() => desk = new Desk(decider);

    IEnumerable<string> Words => decider.Saved.OfType<Word>().Select(word => word.Text);

    [Fact]
    public async Task Once_however_often_it_was_decided()
    {
        var other = new Desk(new Notebook("listener"), desk.Memory, desk.Clock);
        var seen = 0;
        desk.Store.Before = _ =>
        {
            if (seen++ < 3)
                other.Door($"winner {seen}").GetAwaiter().GetResult();
        };

        await desk.Door("loser");

        seen.ShouldBe(4, "it lost three times");
        Words.ShouldBe(["loser"]);
    }

    [Fact]
    public async Task Not_of_what_could_not_be_saved()
    {
        desk.Store.FailOn(nameof(IStore.Save));
        await Should.ThrowAsync<StoreUnavailableException>(() => desk.Door("one"));
        Words.ShouldBeEmpty();

        desk.Store.Mend();
        await desk.Door("one");
        Words.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Not_of_a_repeat()
    {
        await desk.Bus(1);
        await desk.Bus(1);
        await desk.Door("two", "source");
        await desk.Door("two", "source");

        Words.ShouldBe(["w1", "two"]);
    }

    [Fact]
    public async Task Of_what_waited_when_it_is_taken()
    {
        await desk.Bus(3);
        await desk.Bus(2);
        Words.ShouldBeEmpty();

        await desk.Bus(1);

        Words.ShouldBe(["w1", "w2", "w3"]);
    }

    [Fact]
    public async Task Not_of_what_is_quarantined_until_it_could_be_decided()
    {
        await desk.Door("bad");
        await desk.Door("after");
        Words.ShouldBeEmpty();

        await desk.Dispatched.Skip(Desk.Ticket, Outbox.QuarantineLane, _ => true, CancellationToken.None);

        Words.ShouldBe(["after"]);
    }

    [Fact]
    public async Task Of_an_attempt_whose_answer_was_saved_and_not_of_a_late_one()
    {
        await desk.Door("one");
        var attempt = (await desk.Claim())!;
        decider.Saved.Clear();

        (await desk.Settle(attempt with { Token = "another" }, new Answer.Done())).ShouldBeFalse();
        decider.Saved.ShouldBeEmpty();
        await desk.Settle(attempt, new Answer.Done());

        decider.Saved.ShouldHaveSingleItem().ShouldBe(attempt);
    }

    [Fact]
    public async Task A_quarantined_document_says_so_in_the_same_write()
    {
        var told = new List<object?>();
        var saying = new Desk(new Notebook("speaker")
        {
            Stuck = (message, reason) =>
            {
                told.Add(message);
                return [new Effect.Say(new Word(Desk.Ticket, reason))];
            },
        });

        await saying.Door("bad");

        var said = (await saying.Stored()).Streams["speaker-listener"].Messages.ShouldHaveSingleItem();
        said.Body.GetProperty("text").GetString().ShouldBe("FormatException in Notebook.Decide");
        (told.ShouldHaveSingleItem() as Word)!.Text.ShouldBe("bad");
        (await saying.Pending())
            .Select(pending => pending.Lane)
            .ShouldBe(["speaker-listener", Outbox.QuarantineLane], ignoreOrder: true);
    }
}
