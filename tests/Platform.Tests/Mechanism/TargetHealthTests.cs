namespace GroupTicketing.Platform.Tests;

/// <summary>Whether a target answers: a table of what it was × what an attempt was answered.</summary>
public class TargetHealthTests
{
    static readonly DateTimeOffset morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan pause = TimeSpan.FromSeconds(10);

    static readonly Answer down = new Answer.TryAgain("away", TargetDown: true);

    /// <summary>What it was, when the attempt began and was answered, what, and what it is then: failures, whether that
    /// is news.</summary>
    public static TheoryData<string, int, string, int, bool> Table => new()
    {
        { "up", 5, "done", 0, false },
        { "up", 5, "refused", 0, false },
        { "up", 5, "again", 0, false },
        { "up", 5, "down", 1, true },
        { "down", 15, "done", 0, true },
        { "down", 15, "refused", 0, true },
        { "down", 15, "again", 0, true },
        { "down", 15, "down", 2, true },
        // It set out before the target was found down.
        { "down", 5, "down", 1, false },
        { "down", 5, "done", 0, true },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void What_follows_an_answer(string was, int began, string answered, int failures, bool isNews)
    {
        var before = was == "up" ? TargetHealth.Unknown : Observe(TargetHealth.Unknown, down, 9, 10);

        var after = Observe(before, AnswerOf(answered), began, 20);

        after.State.Failures.ShouldBe(failures);
        (after.State != before.State).ShouldBe(isNews);
        after.IsDown.ShouldBe(failures > 0);
        after.State.DownSince.ShouldBe(failures == 0 ? null : was == "up" ? At(20) : At(10), "since the first failure");
    }

    [Fact]
    public void Of_one_that_is_down_nothing_is_asked_for_its_pause_whatever_the_wall_clock_does()
    {
        var found = Observe(TargetHealth.Unknown, down, 0, 10);

        found.MayBeAsked(new Moment(At(10_000), TimeSpan.FromSeconds(19))).ShouldBeFalse();
        found.MayBeAsked(new Moment(At(-10_000), TimeSpan.FromSeconds(20))).ShouldBeTrue();
        found.State.NextTry.ShouldBe(At(20));
    }

    [Fact]
    public void The_answer_may_say_how_long() =>
        Observe(TargetHealth.Unknown, new Answer.TryAgain("away", TimeSpan.FromMinutes(2), TargetDown: true), 0, 10)
            .Pause.ShouldBe(TimeSpan.FromMinutes(2));

    [Fact]
    public void An_attempt_that_found_it_down_while_others_were_answered_is_its_ticket_s_own_failure()
    {
        var answered = Observe(TargetHealth.Unknown, new Answer.Done(), 5, 10);

        answered.Weigh(down, TimeSpan.FromSeconds(9)).ShouldBeOfType<Answer.TryAgain>().TargetDown.ShouldBeFalse();
        answered.Weigh(down, TimeSpan.FromSeconds(10)).ShouldBe(down);
        answered.Weigh(new Answer.Done(), TimeSpan.FromSeconds(9)).ShouldBeOfType<Answer.Done>();
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(3_600, 60)]
    [InlineData(-5, -5)]
    public void What_another_process_found_is_believed_but_for_no_longer_than_the_longest_pause(int left, int waits)
    {
        var heard = TargetHealth.Unknown.Heard(
            new TargetState(3, At(-60), At(left), "away"),
            new Moment(At(0), pause),
            TimeSpan.FromMinutes(1)
        );

        heard.IsDown.ShouldBeTrue();
        heard.Pause.ShouldBe(TimeSpan.FromSeconds(waits));
        Observe(heard, down, 15, 20).State.ShouldBe(new TargetState(4, At(-60), At(30), "away"));
    }

    static TargetHealth Observe(TargetHealth before, Answer answer, int began, int now) =>
        before.Observe(answer, TimeSpan.FromSeconds(began), new Moment(At(now), TimeSpan.FromSeconds(now)), _ => pause);

    static DateTimeOffset At(int seconds) => morning.AddSeconds(seconds);

    static Answer AnswerOf(string word) => word switch
    {
        "done" => new Answer.Done(),
        "refused" => new Answer.Refused("no"),
        "again" => new Answer.TryAgain("busy"),
        _ => down,
    };
}
