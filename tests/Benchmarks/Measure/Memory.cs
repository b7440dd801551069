using GroupTicketing.Benchmarks.Gateway;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>Memory idle and after many tickets; and what a ticket costs when many are stored.</summary>
static class Memory
{
    const int Callers = 16;
    const int Few = 1_000;
    const int Many = 100_000;
    const int Rounds = 3;
    const int Each = 400;

    // The poll reads again what changed in iTop within two minutes, so that what it holds grows with the rate until
    // then: at 50 ms already the first ten thousand take longer.
    const int Latency = 50;

    // What is signed beforehand is too old after five minutes.
    const int SignedTogether = 5_000;

    // By then what starting up took is given back, and what is asked again and again is compiled for good.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(90);

    public static async Task Run(int tickets)
    {
        var first = tickets > 0 ? tickets : 10_000;
        await using var machines = await Machines.Start(new Setup { Latency = Latency, PollEvery = Cpu.PollEvery });
        await Task.Delay(Settled);
        var (resident, share) = (
            machines.ProductIds.Select(Proc.ResidentMiB).ToList(),
            machines.ProductIds.Select(Proc.ShareMiB)
        );
        var aim = Report.IsEmbedded ? 180 : 110;
        Report.Say(
            24,
            "resident while idle",
            $"{string.Join(", ", resident)} MiB",
            $"{aim} MiB a process",
            resident.Max() <= aim
        );
        Report.Say(24, "its share of that, of what several have", $"{string.Join(", ", share)} MiB");
        var after = await After(machines, first);
        var later = await After(machines, 9 * first);
        Report.Say(
            24,
            $"resident after {first} and {10 * first} tickets",
            $"{after} and {later} MiB",
            "10 % more",
            later <= after * 1.1
        );
    }

    static async Task<int> After(Machines machines, int tickets)
    {
        using var sender = new Sender(machines.Product);
        for (var sent = 0; sent < tickets; sent += SignedTogether)
            await sender.Send(Math.Min(SignedTogether, tickets - sent), Callers);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(30));
        return machines.ProductIds.Sum(Proc.ResidentMiB);
    }

    /// <summary>Two of the product in turn: the store of one was filled with copies of tickets that it had opened
    /// itself.</summary>
    public static async Task Stored(int tickets)
    {
        if (!Report.IsEmbedded)
            return;
        await using var few = await Opened();
        await using var many = await Opened();
        await many.Kill(new Random(1));
        var stored = Fill(many.StoreFile, tickets > 0 ? tickets : Many);
        await many.StartProduct();
        Report.Say(
            25,
            $"start to ready with {stored} stored",
            $"{many.ProductStart.TotalSeconds:0.00} s",
            "3 s",
            many.ProductStart.TotalSeconds <= 3
        );
        var (ofFew, ofMany, ratios) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var machines in new[] { few, many })
            await Cost.OfOpening(machines, 20_000, Few);
        for (var round = 0; round < Rounds; round++)
        {
            ofFew.Add((await Cost.OfOpening(few, 30_000 + round * Each, Each)).CpuMs);
            ofMany.Add((await Cost.OfOpening(many, 30_000 + round * Each, Each)).CpuMs);
            ratios.Add(ofMany[^1] / ofFew[^1]);
        }
        Report.Say(24, $"CPU per ticket, {Few} and {stored} stored", $"{Report.Spread(ofFew)} and {Report.Spread(ofMany)} ms");
        Report.Say(24, "ratio", Report.Spread(ratios), "1.2", Report.Median(ratios) <= 1.2);
    }

    static async Task<Machines> Opened()
    {
        var machines = await Machines.Start(new Setup { Latency = 20, PollEvery = Cpu.PollEvery });
        await Cost.OfOpening(machines, 1, Few);
        return machines;
    }

    // The product does not run meanwhile. Every copy has an id of its own, and was written within the last day.
    static long Fill(string file, int tickets)
    {
        using var store = new SqliteConnection($"Data Source={file};Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF";
        command.ExecuteNonQuery();
        const string Stored = "SELECT COUNT(*) FROM documents WHERE service = 'routing'";
        for (long count = Few; count < tickets;)
        {
            command.CommandText = $"""
                INSERT INTO documents SELECT service || '/' || lower(hex(randomblob(16))), service, version, body, shelf,
                    stamp - abs(random()) % 86400000, expires
                FROM documents ORDER BY random() LIMIT {(tickets - count) * 5};
                INSERT INTO sides SELECT collection, key || lower(hex(randomblob(8))), body, expires FROM sides
                WHERE collection = 'deliveries' LIMIT {tickets}
                """;
            command.ExecuteNonQuery();
            command.CommandText = Stored;
            count = (long)command.ExecuteScalar()!;
        }
        command.CommandText = Stored;
        return (long)command.ExecuteScalar()!;
    }
}
