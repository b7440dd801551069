using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GroupTicketing.Platform;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Engines.Tests;

/// <summary>An engine that does not answer is said to be unavailable, in a time that a caller can wait for. Alone,
/// since it silences the engine of the run.</summary>
[Collection(nameof(MongoAwayTests))]
[CollectionDefinition(nameof(MongoAwayTests), DisableParallelization = true)]
public sealed class MongoAwayTests
{
    // A socket's 15 s, and once more where the driver asks again; a connection's 5 s.
    static readonly TimeSpan longest = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task A_silent_engine_is_unavailable_and_then_there_again()
    {
        var engine = await MongoEngine.Running();
        using var store = new MongoStore(engine.Fresh());
        await store.Save(Doc("service/a", 1, "one"), [], Ct);
        var watch = Stopwatch.StartNew();
        await using (await engine.Silence())
        {
            var load = Should.ThrowAsync<StoreUnavailableException>(async () => await store.Load("service/a", Ct));
            var save = Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("service/b", 1), [], Ct));
            await Task.WhenAll(load, save);
        }
        watch.Elapsed.ShouldBeLessThan(longest);

        await Again(async () => Text((await store.Load("service/a", Ct))!.Body).ShouldBe("one"));
        await Again(async () => (await store.Save(Doc("service/a", 2, "two"), [], Ct)).ShouldBeTrue());
    }

    [Fact]
    public void Where_nothing_listens_the_store_is_unavailable()
    {
        var watch = Stopwatch.StartNew();

        Should.Throw<StoreUnavailableException>(() => new MongoStore($"mongodb://127.0.0.1:{Ports.Free()}/test"));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    // What the silence broke is mended by the driver in its own time.
    static async Task Again(Func<Task> works)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await works();
                return;
            }
            catch (StoreUnavailableException) when (watch.Elapsed < longest)
            {
                await Task.Delay(200);
            }
        }
    }
}
