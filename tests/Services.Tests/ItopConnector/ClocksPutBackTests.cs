using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>The hour that comes twice: iTop's dates are local and without offset, so what changes in its second coming
/// looks older than what was read.</summary>
public class ClocksPutBackTests : IAsyncLifetime
{
    // Three in the morning of 31 October 2027 in Paris is two o'clock once more.
    static readonly DateTimeOffset back = new(2027, 10, 31, 1, 0, 0, TimeSpan.Zero);

    ItopWorld world = null!;

    public async ValueTask InitializeAsync() => world = await ItopWorld.Start();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_change_in_the_hour_s_second_coming_is_seen_at_the_next_look()
    {
        world.Clock.SetUtcNow(back.AddMinutes(-5));
        var ticket = await world.Opened();
        await Look();
        world.Clock.SetUtcNow(back.AddMinutes(-1));
        await Look();

        world.Clock.SetUtcNow(back.AddMinutes(10));
        var call = new ItopCall.Write(Contracts.GroupWish.Comment, 1, "texte\n— INSA Lyon · n° 1");
        await world.Write.Call(world.Attempt(call), ticket, call, default);
        world.Clock.Advance(TimeSpan.FromSeconds(3));

        (await Look()).ShouldHaveSingleItem().LastUpdate.ShouldBe("2027-10-31 02:10:00");
    }

    async Task<IReadOnlyList<ItopRead>> Look()
    {
        var began = world.Now;
        var read = await world.Poll.Changed(began, default);
        await world.Poll.Taken(read, began, default);
        return read.Ours;
    }
}
