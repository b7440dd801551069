using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>The tables of docs/design/life-cycle.md against the code, over iTop's own transitions.</summary>
public class LifeCycleTests
{
    static readonly IReadOnlyDictionary<(string, string), string> transitions = new Dictionary<(string, string), string>
    {
        [("new", "assign")] = "assigned",
        [("new", "timeout")] = "escalated_tto",
        [("new", "wait_for_approval")] = "waiting_for_approval",
        [("new", "autoresolve")] = "resolved",
        [("waiting_for_approval", "approve")] = "approved",
        [("waiting_for_approval", "reject")] = "rejected",
        [("approved", "assign")] = "assigned",
        [("approved", "timeout")] = "escalated_tto",
        [("approved", "autoresolve")] = "resolved",
        [("rejected", "reopen")] = "new",
        [("escalated_tto", "assign")] = "assigned",
        [("assigned", "reassign")] = "assigned",
        [("assigned", "pending")] = "pending",
        [("assigned", "resolve")] = "resolved",
        [("assigned", "timeout")] = "escalated_ttr",
        [("assigned", "autoresolve")] = "resolved",
        [("pending", "assign")] = "assigned",
        [("pending", "autoresolve")] = "resolved",
        [("escalated_ttr", "reassign")] = "assigned",
        [("escalated_ttr", "pending")] = "pending",
        [("escalated_ttr", "resolve")] = "resolved",
        [("escalated_ttr", "autoresolve")] = "resolved",
        [("resolved", "close")] = "closed",
        [("resolved", "reopen")] = "assigned",
    };

    static readonly string[] states =
    [
        .. transitions.Keys.Select(key => key.Item1).Concat(transitions.Values).Distinct().Order(),
    ];

    static IReadOnlyList<string[]> Rows(int columns) =>
        [
            .. File.ReadLines(Path.Combine(Demo.Root, "docs", "design", "life-cycle.md"))
                .Where(line => line.StartsWith('|') && !line.StartsWith("|-"))
                .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
                .Where(cells => cells.Length == columns),
        ];

    [Fact]
    public void Each_state_and_each_wish_stands_in_the_table_as_it_is_walked()
    {
        var wishes = Enum.GetValues<GroupWish>();
        var rows = Rows(7);
        rows[0][1..].ShouldBe(wishes.Select(wish => $"{wish}"), ignoreOrder: true);
        rows.Skip(1).Select(row => row[0]).Order().ShouldBe(states);
        foreach (var row in rows.Skip(1))
            row[1..].ShouldBe(rows[0][1..].Select(wish => Walked(row[0], Enum.Parse<GroupWish>(wish))), row[0]);
    }

    [Fact]
    public void Each_of_iTop_s_transitions_stands_in_the_table_with_what_is_said_of_it()
    {
        var rows = Rows(3).Skip(1).ToList();
        rows.Select(row => (row[0], row[1]))
            .Order()
            .ShouldBe(transitions.Select(one => (one.Key.Item1, one.Value)).Distinct().Order());
        foreach (var row in rows)
            Said(row[0], row[1]).ShouldBe(row[2], $"{row[0]} to {row[1]}");
    }

    static string Walked(string state, GroupWish wish)
    {
        var steps = new List<string>();
        while (Conflict.Next(state, wish) is { } step)
        {
            steps.Add(step.Stimulus["ev_".Length..]);
            state = transitions[(state, steps[^1])];
            steps.Count.ShouldBeLessThanOrEqualTo(4, "as many as are walked in one go");
        }
        return steps.Count == 0 ? "–" : string.Join(", ", steps);
    }

    static string Said(string from, string to)
    {
        var play = ItopPlay.Opened().Change(itop => itop with { Status = from });
        play.Poll();
        var told = play.Change(itop => itop with { Status = to, Solution = to is "resolved" ? "fait" : itop.Solution }).Poll();
        return told.Count == 0 ? "–" : told.ShouldHaveSingleItem().GetType().Name;
    }
}
