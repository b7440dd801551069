using System.Diagnostics;

namespace GroupTicketing.Simulators.Tests;

static class Wait
{
    public static async Task Until(Func<Task<bool>> happened, int seconds = 10)
    {
        var watch = Stopwatch.StartNew();
        while (!await happened())
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(seconds));
            await Task.Delay(20);
        }
    }
}
