using System.Text.Json.Nodes;

namespace GroupTicketing.Prove.Of;

/// <summary>One event posted again and again at once; and two first deliveries of one ticket racing. Of each comes one
/// ticket.</summary>
static class SameKey
{
    const int AtOnce = 64;
    const int MostTries = 5;

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup() with { Instances = 2 });
        using var poster = new Poster(machines);
        var answers = await Many(run.Tickets, _ => poster.Opens("1"));
        run.Bound(
            $"answers to {run.Tickets} posts of one event, {AtOnce} at once",
            "one, all 202",
            $"{Distinct(answers).Count()}, {Statuses(answers)}, {Took(answers)}",
            Distinct(answers).Count() == 1 && answers.All(one => one.Status == 202)
        );
        var other = await poster.Opens("1", title: "Autre titre");
        run.Bound("the same id with another body", "409", $"{other.Status}", other.Status == 409);

        var races = Math.Max(20, run.Tickets / 5);
        var apart = await Many(races, pair => Both(poster.Opens($"{AtOnce}{pair}1"), poster.Opens($"{AtOnce}{pair}2")));
        run.Say(
            $"     control, {races} times two tickets at "
            + $"once: {Statuses(apart.SelectMany(both => both))}, {Took([.. apart.SelectMany(both => both)])}"
        );
        var raced = await Many(races, race =>
            Both(poster.Opens($"{race + 2}", $"first-{race}"), poster.Opens($"{race + 2}", $"second-{race}"))
        );
        run.Say(
            $"     two first deliveries of one ticket at "
            + $"once: {Statuses(raced.SelectMany(both => both))}, {Took([.. raced.SelectMany(both => both)])}"
        );
        // What stands before several instances gives up after its own time; a tool then sends again, under the same id.
        var settled = await Many(races, race =>
            Both(
                Again(raced[race][0], () => poster.Opens($"{race + 2}", $"first-{race}")),
                Again(raced[race][1], () => poster.Opens($"{race + 2}", $"second-{race}"))
            )
        );
        run.Bound(
            $"races of two first deliveries, {races}",
            "in the end both 202 with one ticket",
            $"{settled.Count(Held)} so",
            settled.All(Held)
        );
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(5));
    }

    static IEnumerable<string> Distinct(IEnumerable<Posted> answers) => answers.Select(one => one.Answer).Distinct();

    static string Statuses(IEnumerable<Posted> answers) =>
        string.Join(", ", answers.CountBy(one => one.Status).OrderBy(one => one.Key).Select(one => $"{one.Value} of {one.Key}"));

    // How long the door took is part of the answer: whoever stands before it gives up at some time.
    static string Took(IReadOnlyList<Posted> answers) =>
        $"p99 {Percentile.Of99([.. answers.Select(one => one.Took)]).TotalSeconds:0.0} s, "
        + $"slowest {answers.Max(one => one.Took).TotalSeconds:0.0} s";

    static bool Held(Posted[] both) =>
        both.All(one => one.Status == 202) && both.Select(one => TicketOf(one.Answer)).Distinct().Count() == 1;

    static Task<Posted[]> Both(Task<Posted> one, Task<Posted> other) => Task.WhenAll(one, other);

    static async Task<Posted> Again(Posted posted, Func<Task<Posted>> send)
    {
        for (var tries = 1; tries < MostTries && (posted.Status is 0 or >= 500); tries++)
            posted = await send();
        return posted;
    }

    static string? TicketOf(string answer) => JsonNode.Parse(answer)?["ticket"]?.GetValue<string>();

    static async Task<IReadOnlyList<T>> Many<T>(int times, Func<int, Task<T>> act)
    {
        var results = new T[times];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, times),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (time, _) => results[time] = await act(time)
        );
        return results;
    }
}
