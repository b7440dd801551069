using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>An entry to be written after a crash or a restore, against what stands in iTop.</summary>
public class WantingTests
{
    readonly ItopPlay play = ItopPlay.Opened();

    [Fact]
    public void Written_by_an_attempt_that_was_not_answered_it_is_there()
    {
        var call = play.Wish(GroupWish.Comment, "bonjour");
        play.Write(call.Text!.Replace("\n", "\r\n\r\n") + " ");

        Wanting.From(play.Ticket, call, play.Itop).ShouldBe(new Wanting(play.Itop.Log[0].Text, 1, true));
    }

    [Fact]
    public void Not_there_it_is_written_under_its_number()
    {
        var call = play.Wish(GroupWish.Comment, "bonjour");

        Wanting.From(play.Ticket, call, play.Itop).ShouldBe(new Wanting(call.Text, 1, false));
    }

    [Fact]
    public void Written_before_a_restore_under_another_number_it_is_there()
    {
        var before = Forgotten("un", "deux");
        before
            .Ticket.Entries.Select(entry => (entry.Number, entry.Forgotten))
            .ShouldBe([(1, true), (2, true)], "a reading takes their numbers");
        var call = before.Wish(GroupWish.Comment, "deux");
        call.Number.ShouldBe(3);

        var wanting = Wanting.From(before.Ticket, call, before.Itop);

        (wanting.Number, wanting.IsThere).ShouldBe((2, true));
        before
            .Take(
                Readings.Done(
                    before.Ticket,
                    call,
                    new Written(before.Itop, new Entry(2, wanting.Text!, Written: true)),
                    ItopPlay.Rules,
                    before.Now
                )
            )
            .ShouldBeEmpty();
        before
            .Ticket.Entries.Select(entry => (entry.Number, entry.Forgotten))
            .ShouldBe([(1, true), (2, false)], ignoreOrder: true);
    }

    [Fact]
    public void Another_entry_under_its_number_makes_it_take_a_free_one()
    {
        var call = play.Wish(GroupWish.Comment, "trois");
        play.Write(EntryText.For(play.Ticket.Asked!, new Author(Role.Requester), Demo.Now, "un", 1));

        var wanting = Wanting.From(play.Ticket, call, play.Itop);

        (wanting.Number, wanting.IsThere).ShouldBe((2, false));
        EntryText.NumberOf(wanting.Text!, ItopPlay.Asked.SchoolName).ShouldBe(2);
        wanting.Text!.ShouldContain("trois");
    }

    [Fact]
    public void The_same_words_said_twice_are_two_entries()
    {
        var first = play.Wish(GroupWish.Comment, "merci");
        play.Write(first.Text!);
        play.Take(Readings.Done(play.Ticket, first, new Written(play.Itop), ItopPlay.Rules, play.Now));
        var second = play.Wish(GroupWish.Comment, "merci");

        Wanting.From(play.Ticket, second, play.Itop).IsThere.ShouldBeFalse();
    }

    // What an hour-old backup does not know: two entries stand in iTop.
    static ItopPlay Forgotten(params IEnumerable<string> texts)
    {
        var play = ItopPlay.Opened();
        foreach (var (index, text) in texts.Index())
            play.Write(
                EntryText.For(play.Ticket.Asked!, new Author(Role.Requester), ItopPlay.Asked.Heading.OccurredAt, text, index + 1)
            );
        play.Poll().ShouldBeEmpty("they are ours");
        return play;
    }
}
