using System.Text.Json.Nodes;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>What an earlier release stored, in the middle of tickets' lives and with calls in flight, is taken over by
/// this one: nothing lost, nothing doubled.</summary>
public sealed class Upgrade
{
    /// <summary>The releases whose data is kept.</summary>
    public static TheoryData<string> Releases =>
        [.. Directory.GetDirectories(Fixtures).Select(path => Path.GetFileName(path))];

    internal static JsonObject Solution => new() { ["solution"] = "Compte créé." };

    internal static string Fixtures => Path.Combine(AppContext.BaseDirectory, "fixtures");

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Tickets_of_an_earlier_release_live_on(string release)
    {
        Assert.SkipUnless(Engines.OfThisRun() is null, "the data kept is the embedded store's");
        await using var machines = await Machines.Start(new Setup { From = Path.Combine(Fixtures, release) });
        await LivesOn(machines);
    }

    /// <summary>The tickets of <see cref="KeptRelease"/> come to their ends: what is pending is done, an answer is heard,
    /// a solution confirmed.</summary>
    internal static async Task LivesOn(Machines machines)
    {
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));

        await machines.Told("3", "group.referenced");
        await machines.Says("2", "ticket.answered", new() { ["id"] = "a2", ["text"] = "dupont", ["by"] = "support" });
        await machines.Comes("2", "assigned");
        await machines.Acts("2", "ev_resolve", Solution);
        await machines.Told("2", "group.resolved");
        await machines.Says("2", "ticket.confirmed");
        await machines.Told("2", "group.closed");

        EachIsOpenedOnce(machines);
    }

    internal static void EachIsOpenedOnce(Machines machines)
    {
        IReadOnlyList<string?> created =
        [
            .. Ledgers
                .Itop(machines)
                .Where(line => line.GetProperty("op").GetString() == "create" && Ledgers.NumberOf(line) is not null)
                .Select(Ledgers.NumberOf),
        ];
        created.GroupBy(number => number).Where(same => same.Count() > 1).ShouldBeEmpty();
        created.Intersect(["1", "2", "3"]).Count().ShouldBe(3);
    }
}
