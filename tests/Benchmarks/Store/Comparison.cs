using System.Diagnostics;
using GroupTicketing.Platform;

namespace GroupTicketing.Benchmarks;

/// <summary>
/// Durable transacts per second on a store, 64 callers each on tickets of its own, four messages per ticket; against
/// the least that is as durable there, given the
/// same bytes to load and save. Both in turn, so that what else the machine does meets both.
/// </summary>
sealed class Comparison(IStore store)
{
    const int Callers = 64;
    const int PerTicket = 4;
    const int Rounds = 5;

    static readonly TimeSpan round = TimeSpan.FromSeconds(2);
    static readonly string description = string.Concat(
        Enumerable.Repeat("Bonjour, le dépôt affiche une erreur 500 dès que le fichier dépasse 2 Mo. ", 8)
    );

    readonly Documents<BenchTicket> documents = new(
        new BenchDecider(),
        store,
        new BenchMessages(),
        new WakeSignal(),
        new Waves(),
        TimeProvider.System
    );

    /// <summary>Measures and prints both and their ratio.</summary>
    /// <param name="bare">What it is compared with.</param>
    /// <param name="save">Loads what is under the key, then saves these bytes there.</param>
    public async Task Against(string bare, double aim, Func<string, byte[], Task> save)
    {
        var bodies = await Bodies();
        Task SaveBytes(string ticket, int number) => save(ticket, bodies[number - 1]);
        Console.WriteLine(
            $"{Callers} callers, {PerTicket} messages per ticket, documents "
            + $"of {string.Join(", ", bodies.Select(body => body.Length))} bytes"
        );
        await Measure("warm", Transact);
        await Measure("warm", SaveBytes);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Rounds; turn++)
        {
            ours.Add(await Measure($"{turn}", Transact));
            theirs.Add(await Measure($"{turn}", SaveBytes));
        }
        Print("transacts/s", ours);
        Print($"{bare}/s", theirs);
        Console.WriteLine($"{"ratio",-24}{Median(ours) / Median(theirs):0.00}   (aim: at least {aim:0.00})");
    }

    Task Transact(string ticket, int number) =>
        documents.Transact(ticket, new BenchMessages().HearingOf(Comment(ticket, number)), CancellationToken.None);

    async Task<byte[][]> Bodies()
    {
        var bodies = new byte[PerTicket][];
        for (var number = 1; number <= PerTicket; number++)
        {
            await Transact("sample", number);
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
        new(
            ticket,
            number == 1 ? description : null,
            "INSA Lyon, support",
            "L'étudiant confirme que le problème persiste avec un autre navigateur.",
            1,
            number
        );

    static void Print(string name, List<double> rates) =>
        Console.WriteLine($"{name,-24}{Median(rates):N0}   ({string.Join(", ", rates.Select(rate => $"{rate:N0}"))})");

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
