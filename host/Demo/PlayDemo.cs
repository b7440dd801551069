namespace GroupTicketing.Host.Demo;

static class PlayDemo
{
    public static Task<int> Run(string data, bool once, CancellationToken ct) => Task.FromResult(1);
}
