using System.Diagnostics;

namespace GroupTicketing.Simulators.Tests;

static class Wait
{
    public static async Task Until(Func<Task<bool>> happened)
    {
        var watch = Stopwatch.StartNew();
        while (!await happened())
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(20);
        }
    }
}
