using System.Text.Json.Nodes;

namespace GroupTicketing.Prove.Of;

/// <summary>One event posted again and again at once; and two first deliveries of one ticket racing. Of each comes one ticket.</summary>
static class SameKey
{
    const int AtOnce = 64;

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup() with { Instances = 2 });
        using var poster = new Poster(machines);
        var answers = await Many(run.Tickets, _ => poster.Opens("1"));
        run.Bound($"answers to {run.Tickets} posts of one event, {AtOnce} at once", "one, all 202", $"{Distinct(answers).Count()}, {Statuses(answers)}, {Took(answers)}", Distinct(answers).Count() == 1 && answers.All(one => one.Status == 202));
        var other = await poster.Opens("1", title: "Autre titre");
        run.Bound("the same id with another body", "409", $"{other.Status}", other.Status == 409);

        var races = Math.Max(20, run.Tickets / 5);
        var raced = await Many(races, async race =>
        {
            var both = await Task.WhenAll(poster.Opens($"{race + 2}", $"first-{race}"), poster.Opens($"{race + 2}", $"second-{race}"));
            return both;
        });
        run.Bound($"races of two first deliveries, {races}", "both 202 with one ticket", $"{raced.Count(Held)} so, {Statuses(raced.SelectMany(both => both))}, {Took([.. raced.SelectMany(both => both)])}", raced.All(Held));
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(5));
    }

    static IEnumerable<string> Distinct(IEnumerable<Posted> answers) => answers.Select(one => one.Answer).Distinct();

    static string Statuses(IEnumerable<Posted> answers) => string.Join(", ", answers.CountBy(one => one.Status).OrderBy(one => one.Key).Select(one => $"{one.Value} of {one.Key}"));

    // How long the door took is part of the answer: whoever stands before it gives up at some time.
    static string Took(IReadOnlyList<Posted> answers) => $"p99 {Percentile.Of99([.. answers.Select(one => one.Took)]).TotalSeconds:0.0} s, slowest {answers.Max(one => one.Took).TotalSeconds:0.0} s";

    static bool Held(Posted[] both) => both.All(one => one.Status == 202) && both.Select(one => TicketOf(one.Answer)).Distinct().Count() == 1;

    static string? TicketOf(string answer) => JsonNode.Parse(answer)?["ticket"]?.GetValue<string>();

    static async Task<IReadOnlyList<T>> Many<T>(int times, Func<int, Task<T>> act)
    {
        var results = new T[times];
        await Parallel.ForEachAsync(Enumerable.Range(0, times), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (time, _) => results[time] = await act(time));
        return results;
    }
}
