namespace GroupTicketing.ItopConformance.Replay;

/// <summary>Says what is left out, what differs, and how much is equal.</summary>
public static class ReplayReport
{
    private const double Enough = 0.95;
    private const int MostShown = 6;
    private const int MostCharacters = 400;

    public static async Task<int> Print(TextWriter to)
    {
        var outcomes = await Replaying.All();
        foreach (var category in Recorded.LeftOut())
            await to.WriteLineAsync($"left out: {category.Recordings.Length,3} {category.Category}");
        foreach (var outcome in outcomes.Where(o => !o.IsEqual))
        {
            await to.WriteLineAsync($"different: {outcome.Step.Title}");
            foreach (var difference in outcome.Differences.Take(MostShown))
                await to.WriteLineAsync(
                    $"  {(difference.Length > MostCharacters ? difference[..MostCharacters] + "…" : difference)}"
                );
        }
        await to.WriteLineAsync(Verdict(outcomes));
        return IsEnough(outcomes) ? 0 : 1;
    }

    public static bool IsEnough(IReadOnlyList<Outcome> outcomes) => Equal(outcomes) >= Enough * outcomes.Count;

    public static string Verdict(IReadOnlyList<Outcome> outcomes) =>
        $"equal {Equal(outcomes)} of {outcomes.Count} ({100.0 * Equal(outcomes) / outcomes.Count:0.0} %)";

    private static int Equal(IReadOnlyList<Outcome> outcomes) => outcomes.Count(o => o.IsEqual);
}
