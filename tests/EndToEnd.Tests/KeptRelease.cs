using System.Diagnostics;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Prove;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>Writes this release's data for the upgrade tests of the next ones: run it when a release is tagged
/// (CONTRIBUTING.md).</summary>
public sealed class KeptRelease
{
    /// <summary>The tickets it keeps: 20 live pairs, one that was closed, one that waits for the C2IP, and ticket 3,
    /// which was handed over just before the kill.</summary>
    const int Last = 23;

    const string Closed = "14";
    const string Unplaced = "19";

    static readonly byte[] file = "journal du serveur"u8.ToArray();

    /// <summary>Run it again if ticket 3 had reached Routing before the kill: it fails then.</summary>
    [Fact(Explicit = true)]
    public async Task Keep_this_release()
    {
        var to = Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_KEEP")
            ?? throw new InvalidOperationException("GROUPTICKETING_TESTS_KEEP names the folder to write to");
        await using var machines = await Machines.Start();
        await FirstTwo(machines);
        foreach (var number in Enumerable.Range(4, Last - 3).Select(number => $"{number}"))
            await Live(machines, number);
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));
        await machines.Acts("2", "ev_pending", new() { ["pending_reason"] = "Quel est le nom du compte ?" });
        await machines.Told("2", "group.pending");
        using (var people = new Operator(machines))
            await people.Reconcile();
        await machines.Faults(machines.Itop, new { maintenance = true });
        await HandOverAndKill(machines, "3");

        Keep(
            Path.Combine(machines.Folder, "product", PlatformSetup.StoreName),
            Path.Combine(to, "product", PlatformSetup.StoreName)
        );
        IsUnheard(Path.Combine(to, "product", PlatformSetup.StoreName), "3");
        foreach (var folder in (string[])["itop", "school", Path.Combine("product", "files")])
            Folders.Copy(Path.Combine(machines.Folder, folder), Path.Combine(to, folder));
    }

    static async Task FirstTwo(Machines machines)
    {
        foreach (var number in (string[])["1", "2"])
        {
            await machines.HandOver(number);
            await machines.Told(number, "group.referenced");
            await machines.Acts(number, "ev_assign");
            await machines.Told(number, "group.assigned");
        }
        await machines.Acts("1", "ev_resolve", Upgrade.Solution);
        await machines.Told("1", "group.resolved");
        // So long that it lies apart of its documents.
        await machines.Says(
            "2",
            "ticket.commented",
            new()
            {
                ["id"] = "c2",
                ["text"] = new string('x', 70_000),
                ["by"] = "support",
            }
        );
    }

    // Each in another place of its life, with words and files of both sides.
    static async Task Live(Machines machines, string number)
    {
        var way = int.Parse(number) % 4;
        if (number == Unplaced)
        {
            await machines.Says(
                number,
                "ticket.opened",
                new()
                {
                    ["title"] = "Où est-ce ?",
                    ["description"] = "Je ne sais pas.",
                    ["brique"] = "Rien de connu",
                }
            );
            await machines.Told(number, "group.held");
            return;
        }
        await machines.HandOver(number);
        await machines.Told(number, "group.referenced");
        var id = IdOf(machines, number);
        await machines.Comments(number, 2);
        await machines.Says(
            number,
            "ticket.commented",
            new()
            {
                ["id"] = "n1",
                ["text"] = "@groupe Vu avec le service.",
                ["by"] = "support",
                ["visibility"] = "private",
            }
        );
        await machines.Says(
            number,
            "ticket.attached",
            new()
            {
                ["id"] = "f1",
                ["name"] = "journal.txt",
                ["content"] = Convert.ToBase64String(file),
                ["by"] = "requester",
            }
        );
        // iTop loses one of two entries that are saved at once.
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(30));
        await machines.Writes(id, "Nous regardons.");
        await machines.Told(number, "group.commented");
        await machines.Attaches(id, "capture.txt", "page d’erreur"u8.ToArray());
        await machines.Told(number, "group.attached");
        if (way == 0)
            return;
        await machines.Acts(id, "ev_assign");
        await machines.Told(number, "group.assigned");
        if (way == 1)
            return;
        await machines.Acts(
            id,
            way == 2 ? "ev_resolve" : "ev_pending",
            way == 2 ? Upgrade.Solution : new() { ["pending_reason"] = "Depuis quand ?" }
        );
        await machines.Told(number, way == 2 ? "group.resolved" : "group.pending");
        if (number != Closed)
            return;
        await machines.Says(number, "ticket.confirmed");
        await machines.Told(number, "group.closed");
    }

    // The intake has it on disk, and Routing has not heard of it yet.
    static async Task HandOverAndKill(Machines machines, string number)
    {
        var ticket = $"{TicketIds.OfSchool(SchoolTool.First, number):N}";
        using var store = new SqliteConnection($"Data Source={machines.StoreFile};Pooling=False;Mode=ReadOnly");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM documents WHERE key = $intake";
        command.Parameters.AddWithValue("$intake", $"intake/{ticket}");
        // Slow enough to be caught between the two writes.
        using (var product = Process.GetProcessById(machines.ProductIds.Single()))
            product.PriorityClass = ProcessPriorityClass.Idle;
        _ = machines.HandOver(number);
        while ((long)command.ExecuteScalar()! == 0)
            Thread.SpinWait(20);
        await machines.KillAll();
    }

    // Read anew: a commit that was written when the process was killed need not be in the index that another connection
    // shares with it.
    static void IsUnheard(string file, string number)
    {
        using var store = new SqliteConnection($"Data Source={file};Pooling=False");
        store.Open();
        using var routing = store.CreateCommand();
        routing.CommandText = "SELECT COUNT(*) FROM documents WHERE key = $routing";
        routing.Parameters.AddWithValue("$routing", $"routing/{TicketIds.OfSchool(SchoolTool.First, number):N}");
        ((long)routing.ExecuteScalar()!).ShouldBe(0, "Routing was faster: run it again");
    }

    static string IdOf(Machines machines, string number) =>
        Ledgers
            .Itop(machines)
            .First(line => line.GetProperty("op").GetString() == "create" && Ledgers.NumberOf(line) == number)
            .GetProperty("id")
            .GetString()!;

    static void Keep(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        source.BackupDatabase(target);
    }
}
