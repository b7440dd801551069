using GroupTicketing.ItopConformance.Replay;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>The simulator answers what iTop 3.2.0 was recorded to answer: every recording that is not left out by name
/// is replayed, in its order.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public async Task It_answers_as_recorded_but_for_what_is_named()
    {
        var outcomes = await Replaying.All();

        outcomes.Count.ShouldBeGreaterThanOrEqualTo(300);
        ReplayReport.IsEnough(outcomes).ShouldBeTrue(ReplayReport.Verdict(outcomes));
        var differing = outcomes.Where(o => !o.IsEqual).ToArray();
        ConformancePage.Text.ShouldContain(
            ReplayReport.Verdict(outcomes),
            customMessage: "say the new number in docs/itop-conformance.md"
        );
        differing
            .Select(o => o.Step.N)
            .ShouldBe(Recorded.Different().Select(d => d.N), string.Join('\n', differing.SelectMany(o => o.Differences)));
    }

    [Fact]
    public void Every_recording_is_replayed_or_left_out_once()
    {
        var replayed = Step.All().Where(s => s.IsRecorded).Select(s => s.N);
        var all = replayed.Concat(Recorded.LeftOut().SelectMany(c => c.Recordings)).ToArray();

        all.ShouldBeUnique();
        // The numbers of the recordings, without nine that were thrown away and one that was never used.
        all.Order().ShouldBe(Enumerable.Range(1, 552).Except(Enumerable.Range(399, 9)).Except([487]));
    }
}
