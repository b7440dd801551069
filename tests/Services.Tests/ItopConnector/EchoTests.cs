using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>Which entries are ours: by our account and by what we wanted, never by how they end, and never by a date
/// that is displayed.</summary>
[Collection(Measured.Alone)]
public class EchoTests
{
    const string Ours = "7", Theirs = "12";

    static string Mark(int number) => $"— INSA Lyon · n° {number}";

    [Fact]
    public void An_answer_above_a_quote_of_ours_crosses()
    {
        var (play, entry) = Written("Le compte ne marche pas.");
        var quoted = string.Join('\n', entry.Split('\n').Select(line => $"> {line}"));

        play.Write($"Redémarrez le poste.\n\n{quoted}", Theirs)
            .Poll()
            .ShouldHaveSingleItem()
            .ShouldBeOfType<GroupCommented>()
            .Text.ShouldStartWith("Redémarrez");
        play.Poll().ShouldBeEmpty();
    }

    [Fact]
    public void A_copy_of_ours_by_somebody_else_is_theirs_and_does_not_hide_that_ours_was_lost()
    {
        var (play, entry) = Written("Le compte ne marche pas.");
        play.Change(itop => itop with { Log = [] });
        play.Write(entry, Theirs);

        play.Poll().ShouldHaveSingleItem().ShouldBeOfType<GroupCommented>();
        play.Ticket.Entries.ShouldHaveSingleItem().MissingSince.ShouldNotBeNull();
    }

    [Fact]
    public void Digits_of_another_script_are_no_number()
    {
        var play = ItopPlay.Opened();

        play.Write("— INSA Lyon · n° ١", Theirs).Poll().ShouldHaveSingleItem();
    }

    [Fact]
    public void Ours_whose_answer_was_lost_is_ours_before_any_account_is_known()
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Comment, "Bonjour");

        play.Write(call.Text!, Ours).Poll().ShouldBeEmpty();
    }

    [Fact]
    public void What_a_restore_has_forgotten_is_known_by_its_number_and_its_account()
    {
        var (play, _) = Written("un");
        var asBefore = play.Ticket;
        play.Write($"Support (INSA Lyon, ticket 4512, 24/11/2026 09:00)\ndeux\n{Mark(2)}", Ours);
        play.Ticket = asBefore;

        play.Poll().ShouldBeEmpty();
        play.Ticket.Entries.Last()
            .ShouldSatisfyAllConditions(entry => entry.Forgotten.ShouldBeTrue(), entry => entry.Number.ShouldBe(2));
    }

    [Fact]
    public void What_our_account_wrote_and_we_never_wanted_crosses_and_is_counted()
    {
        using var measured = new Measured();
        var (play, _) = Written("un");
        play.Write("tapé dans la console avec le compte du connecteur", Ours);
        var decider = new ItopDecider(ItopPlay.Rules);
        var read = new TicketRead(ItopPlay.Asked.Heading.TicketId, play.Itop, play.Now.AddSeconds(1));

        var decided = decider.Decide(play.Ticket, read, play.Now);
        decider.Took(read, decided, play.Now);
        decider.Took(read, decider.Decide(decided.State, read, play.Now), play.Now);

        decided.Effects.ShouldHaveSingleItem();
        measured.Counted("groupticketing.itop.own_account_entries").ShouldBe(["1"]);
    }

    [Fact]
    public void Dates_shown_in_another_zone_tell_nothing_again()
    {
        var play = ItopPlay.Opened().Write("un", Theirs).Write("deux", Theirs);
        play.Poll().Count.ShouldBe(2);

        play.Change(Later).Write("trois", Theirs);

        play.Poll().ShouldHaveSingleItem().ShouldBeOfType<GroupCommented>().Text.ShouldBe("trois");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_a_document_of_0_2_0_only_what_is_new_since_is_told(bool zoneCorrected)
    {
        var play = ItopPlay.Opened().Write("un", Theirs).Write("deux", Theirs);
        play.Poll();
        play.Ticket = play.Ticket with { Seen = play.Ticket.Seen! with { Form = 0, Log = [.. play.Itop.DatedFingerprints()] } };
        if (zoneCorrected)
            play.Change(Later);

        play.Write("trois", Theirs).Poll().ShouldHaveSingleItem().ShouldBeOfType<GroupCommented>().Text.ShouldBe("trois");
        play.Change(itop => itop).Poll().ShouldBeEmpty();
        play.Ticket.Seen!.Form.ShouldBe(Seen.Undated);
    }

    static ItopRead Later(ItopRead itop) =>
        itop with
        {
            Log = [.. itop.Log.Select(entry => entry with { Date = ItopTime.Local(ItopTime.At(entry.Date).AddHours(1)) })],
        };

    static (ItopPlay Play, string Entry) Written(string text)
    {
        var play = ItopPlay.Opened();
        var call = play.Wish(GroupWish.Comment, text);
        play.Write(call.Text!, Ours);
        play.Take(Readings.Done(play.Ticket, call, new Written(play.Itop), ItopPlay.Rules, play.Now)).ShouldBeEmpty();
        return (play, call.Text!);
    }

    [Fact]
    public void What_0_2_0_read_of_a_solution_is_not_told_again_because_it_is_read_otherwise_now()
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = "resolved", Solution = "Voir ce guide" });
        play.Poll();
        play.Ticket = play.Ticket with { Seen = play.Ticket.Seen! with { Form = 0 } };

        play.Change(itop => itop with { Solution = "Voir ce guide (https://doc.example)" }).Poll().ShouldBeEmpty();
        play.Change(itop => itop with { Solution = "autre" }).Poll().ShouldHaveSingleItem().ShouldBeOfType<TicketResolved>();
    }
}
