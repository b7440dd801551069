using System.Text.Json.Nodes;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>What an earlier release stored, in the middle of tickets' lives and with debts in flight, is taken over by this one: nothing lost, nothing doubled.</summary>
public sealed class Upgrade
{
    /// <summary>The releases whose data is kept.</summary>
    public static TheoryData<string> Releases => [.. System.IO.Directory.GetDirectories(Fixtures).Select(path => Path.GetFileName(path))];

    static JsonObject Solution => new() { ["solution"] = "Compte créé." };

    static string Fixtures => Path.Combine(AppContext.BaseDirectory, "fixtures");

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Tickets_of_an_earlier_release_live_on(string release)
    {
        Assert.SkipUnless(Engines.OfThisRun() is null, "the data kept is the embedded store's");
        await using var machines = await Machines.Start(new Setup { From = Path.Combine(Fixtures, release) });
        await LivesOn(machines);
    }

    /// <summary>The tickets of <see cref="Keep_this_release"/> come to their ends: what is owed is paid, an answer is heard, a solution confirmed.</summary>
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
        var created = Ledgers.Itop(machines).Where(line => line.GetProperty("op").GetString() == "create" && Ledgers.NumberOf(line) is not null).Select(Ledgers.NumberOf);
        created.Order().ShouldBe(["1", "2", "3"]);
    }

    /// <summary>Writes this release's data: run it when a release is tagged (CONTRIBUTING.md), and again if ticket 3 had reached Routing before the kill: <see cref="LaterRelease"/> says so.</summary>
    [Fact(Explicit = true)]
    public async Task Keep_this_release()
    {
        var to = Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_KEEP") ?? throw new InvalidOperationException("GROUPTICKETING_TESTS_KEEP names the folder to write to");
        await using var machines = await Machines.Start();
        foreach (var number in (string[])["1", "2"])
        {
            await machines.HandOver(number);
            await machines.Told(number, "group.referenced");
            await machines.Acts(number, "ev_assign");
            await machines.Told(number, "group.assigned");
        }
        await machines.Acts("1", "ev_resolve", Solution);
        await machines.Told("1", "group.resolved");
        // So long that it lies apart of its documents.
        await machines.Says("2", "ticket.commented", new() { ["id"] = "c2", ["text"] = new string('x', 70_000), ["by"] = "support" });
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(30));
        await machines.Acts("2", "ev_pending", new() { ["pending_reason"] = "Quel est le nom du compte ?" });
        await machines.Told("2", "group.pending");
        await machines.Faults(machines.Itop, new { maintenance = true });
        await machines.HandOver("3");
        await machines.Kill(new Random(1));

        Keep(Path.Combine(machines.Folder, "product", House.StoreName), Path.Combine(to, "product", House.StoreName));
        foreach (var simulator in (string[])["itop", "school"])
        {
            System.IO.Directory.CreateDirectory(Path.Combine(to, simulator));
            foreach (var file in System.IO.Directory.GetFiles(Path.Combine(machines.Folder, simulator)))
                File.Copy(file, Path.Combine(to, simulator, Path.GetFileName(file)), overwrite: true);
        }
    }

    static void Keep(string from, string to)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        source.BackupDatabase(target);
    }
}
