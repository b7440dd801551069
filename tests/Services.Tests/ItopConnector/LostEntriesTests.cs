using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>What iTop's history says of a public log, against the log. The history holds places and times, and no text.</summary>
public class LostEntriesTests
{
    const string Nine = "2026-11-24 09:00:00";

    static readonly DateTimeOffset later = ItopTime.At(Nine).AddMinutes(5);

    [Fact]
    public void Of_the_24_parallel_saves_recorded_on_a_real_iTop_the_11_that_no_entry_stands_for_are_lost()
    {
        int[] places = [0, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 7, 8, 9, 10, 11, 11, 11, 11, 12];
        var saves = places.Select((place, index) => Save(1062 + index, place));

        var shown = Enumerable.Range(1, 13).Select(entry => Entry($"entrée {entry}")).ToList();
        LostEntries.Find(saves, shown, later).Count.ShouldBe(11);
    }

    [Fact]
    public void Of_two_saves_of_one_place_the_one_whose_time_stands_there_is_not_lost()
    {
        var (first, second) = (Save(1, 0), Save(2, 0, "2026-11-24 09:00:01"));

        LostEntries.Find([first, second], [Entry("celle-ci")], later).ShouldBe([second]);
        LostEntries.Find([first, second], [Entry("celle-là", "2026-11-24 09:00:01")], later).ShouldBe([first]);
    }

    [Fact]
    public void What_stands_under_an_entry_of_ours_is_lost_and_what_was_cut_off_behind_it_too()
    {
        var ours = Entry("Support (INSA Lyon, ticket 4512, 24/11/2026 09:00)\nBonjour\n— INSA Lyon · n° 1");

        LostEntries
            .Find([Save(1, 0), Save(2, 0, isOurs: true), Save(3, 1)], [ours], later)
            .Select(save => save.Id)
            .ShouldBe([1, 3]);
    }

    [Fact]
    public void Ours_are_looked_after_by_their_numbers_and_a_save_of_this_minute_is_not_judged_yet()
    {
        LostEntries.Find([Save(1, 0, isOurs: true)], [], later).ShouldBeEmpty();
        LostEntries.Find([Save(1, 0)], [], ItopTime.At(Nine).AddSeconds(59)).ShouldBeEmpty("its entry may show a moment later");
        LostEntries.Find([Save(1, 0)], [], ItopTime.At(Nine).AddSeconds(61)).ShouldHaveSingleItem();
    }

    static LogSave Save(long id, int place, string date = Nine, bool isOurs = false) => new(id, place, date, isOurs);

    static LogRead Entry(string text, string date = Nine) => new(date, "Alice Agent", text);
}
