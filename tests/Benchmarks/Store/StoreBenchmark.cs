using System.Diagnostics;
using GroupTicketing.Platform;

namespace GroupTicketing.Benchmarks;

/// <summary>
/// Durable transacts per second, 64 callers each on tickets of its own, four messages per ticket; against the least SQLite that is as durable, given the same
/// bytes to load and save. Both in turn, so that what else the machine does meets both.
/// </summary>
static class StoreBenchmark
{
    const int Callers = 64;
    const int PerTicket = 4;
    const int Rounds = 5;

    static readonly TimeSpan round = TimeSpan.FromSeconds(2);
    static readonly string description = string.Concat(Enumerable.Repeat("Bonjour, le dépôt affiche une erreur 500 dès que le fichier dépasse 2 Mo. ", 8));

    public static async Task<int> Run(string[] args)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("groupticketing-bench-").FullName;
        try
        {
            await Compare(folder);
            return 0;
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    static async Task Compare(string folder)
    {
        await using var store = new SqliteStore(Path.Combine(folder, "store.db"));
        await using var bare = new BareSqlite(Path.Combine(folder, "bare.db"));
        var documents = new Documents<BenchTicket>(new BenchRoom(), store, new BenchMessages(), new Doorbell(), TimeProvider.System);
        Func<string, int, Task> transact = (ticket, number) =>
            documents.Transact(ticket, new BenchMessages().HearingOf(Comment(ticket, number)), CancellationToken.None);
        var bodies = await Bodies(store, transact);
        Func<string, int, Task> saveBytes = (ticket, number) =>
        {
            bare.Load(ticket);
            return bare.Save(ticket, bodies[number - 1]);
        };
        System.Console.WriteLine($"{Callers} callers, {PerTicket} messages per ticket, documents of {string.Join(", ", bodies.Select(body => body.Length))} bytes");
        await Measure("warm", transact);
        await Measure("warm", saveBytes);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Rounds; turn++)
        {
            ours.Add(await Measure($"{turn}", transact));
            theirs.Add(await Measure($"{turn}", saveBytes));
        }
        System.Console.WriteLine($"transacts/s       {Median(ours):N0}   ({string.Join(", ", ours.Select(rate => $"{rate:N0}"))})");
        System.Console.WriteLine($"bare SQLite/s     {Median(theirs):N0}   ({string.Join(", ", theirs.Select(rate => $"{rate:N0}"))})");
        System.Console.WriteLine($"ratio             {Median(ours) / Median(theirs):0.00}   (aim: at least 0.50)");
    }

    static async Task<byte[][]> Bodies(SqliteStore store, Func<string, int, Task> transact)
    {
        var bodies = new byte[PerTicket][];
        for (var number = 1; number <= PerTicket; number++)
        {
            await transact("sample", number);
            bodies[number - 1] = (await store.Load("bench/sample", CancellationToken.None))!.Body;
        }
        return bodies;
    }

    static async Task<double> Measure(string turn, Func<string, int, Task> once)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var done = 0;
            for (; clock.Elapsed < round; done++)
                await once($"{turn}-{caller}-{done / PerTicket}", done % PerTicket + 1);
            return done;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    static BenchComment Comment(string ticket, int number) =>
        new(ticket, number == 1 ? description : null, "INSA Lyon, support", "L'étudiant confirme que le problème persiste avec un autre navigateur.", 1, number);

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
