
namespace GroupTicketing.Benchmarks.Measure;

/// <summary>From start to ready, after a kill.</summary>
static class Start
{
    const int Rounds = 5;

    public static async Task Run()
    {
        await using var machines = await Machines.Start(new Setup { PollEvery = Cpu.PollEvery });
        await Cost.OfOpening(machines, 1, 100);
        var took = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await machines.KillAll();
            await machines.StartProduct();
            took.Add(machines.ProductStart.TotalSeconds);
        }
        Report.Say(25, "start to ready", $"{Report.Spread(took)} s", "3 s", Report.Median(took) <= 3);
    }
}
