using GroupTicketing.ItopConnector.Adapters;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Services.Tests;

/// <summary>What people asked to have read again is read, if not now then when iTop answers.</summary>
public sealed class ReconcileItopTests : IAsyncLifetime
{
    LinkWorld link = null!;
    ReconcileItop reconcile = null!;

    ItopWorld World => link.World;

    public async ValueTask InitializeAsync()
    {
        link = await LinkWorld.Opened();
        reconcile = new ReconcileItop(
            World.Live(link.Documents),
            null!,
            World.Reconciliation,
            World.Options,
            World.Clock,
            NullLogger<ReconcileItop>.Instance
        );
        await reconcile.Turn(default);
    }

    public ValueTask DisposeAsync() => link.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_asked_while_iTop_fails_is_read_a_minute_after_and_the_fault_is_shown(bool isAll)
    {
        await World.Reconciliation.Ask("itop", isAll ? null : LinkWorld.Ticket, default);
        await World.Fault(new { http500Share = 1.0 });
        var before = World.Asked.Count;
        await Should.ThrowAsync<ItopException>(() => reconcile.Turn(default));
        for (var turn = 0; turn < 3; turn++)
            await reconcile.Turn(default);
        World.Asked.Skip(before).Count().ShouldBeLessThan(8, "an iTop that fails is not asked at each turn");
        (await World.Reconciliation.Reports(default)).Single().Fault.ShouldNotBeNull();

        await World.Fault(new { http500Share = 0.0 });
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        before = World.Asked.Count;
        await reconcile.Turn(default);

        World.Asked.Skip(before).ShouldContain(call => call.ToJsonString().Contains("public_log"));
        (await World.Reconciliation.Asked("itop", default)).ShouldBeEmpty();
        if (isAll)
            (await World.Reconciliation.Reports(default)).Single().Fault.ShouldBeNull();
    }
}
