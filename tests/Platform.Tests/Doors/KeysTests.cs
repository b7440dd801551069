using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>API keys: shown once, kept as hashes, two live ones at most, revoked everywhere within seconds.</summary>
public sealed class KeysTests
{
    static readonly CancellationToken ct = CancellationToken.None;

    readonly MemoryStore store = new();
    readonly FakeTimeProvider clock = new(Desk.Morning);
    readonly Keys keys;

    public KeysTests() => keys = new Keys(store, clock);

    [Fact]
    public async Task A_key_says_whose_it_is()
    {
        var key = await keys.New("lyon", "GLPI", ct);

        key.ShouldStartWith("gt_");
        key.Length.ShouldBe(3 + 43, "256 bits");
        (await keys.CallerOf(key, ct))!.Holder.ShouldBe("lyon");
        (await keys.CallerOf(key + "x", ct)).ShouldBeNull();
        (await keys.CallerOf("", ct)).ShouldBeNull();
        (await keys.New("toulouse", "RT", ct)).ShouldNotBe(key);
    }

    [Fact]
    public async Task The_store_never_sees_the_key()
    {
        var key = await keys.New("lyon", "GLPI", ct);

        var (name, body) = (await store.ListSide(Sides.Keys, "", ct)).ShouldHaveSingleItem();
        (name + Encoding.UTF8.GetString(body)).ShouldNotContain(key[3..]);
        (await keys.List(ct)).ShouldHaveSingleItem().ShouldBe(new KeyRecord(name[..8], "lyon", "GLPI", Desk.Morning, null));
    }

    [Fact]
    public async Task A_holder_has_two_live_keys_at_most()
    {
        await keys.New("lyon", "old", ct);
        clock.Advance(TimeSpan.FromDays(1));
        await keys.New("lyon", "new", ct);
        await keys.New("toulouse", "theirs", ct);

        await Should.ThrowAsync<InvalidOperationException>(() => keys.New("lyon", "third", ct));
        (await keys.Revoke((await keys.List(ct))[0].Id, ct)).ShouldBeTrue();
        await keys.New("lyon", "third", ct);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_here_at_once_and_elsewhere_within_three_seconds()
    {
        var key = await keys.New("lyon", "GLPI", ct);
        var elsewhere = new Keys(store, clock);
        await elsewhere.CallerOf(key, ct);

        (await keys.Revoke((await keys.List(ct)).Single().Id, ct)).ShouldBeTrue();

        (await keys.CallerOf(key, ct)).ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(3.1));
        (await elsewhere.CallerOf(key, ct)).ShouldBeNull();
        (await keys.List(ct)).Single().Revoked.ShouldBe(Desk.Morning);
        (await keys.Revoke("00000000", ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clock_that_went_back_does_not_keep_a_revoked_key_alive()
    {
        var key = await keys.New("lyon", "GLPI", ct);
        var elsewhere = new Keys(store, clock);
        await elsewhere.CallerOf(key, ct);
        await keys.Revoke((await keys.List(ct)).Single().Id, ct);
        clock.AdjustTime(Desk.Morning.AddHours(-1));

        (await elsewhere.CallerOf(key, ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_is_its_key_s_holder_s_while_the_key_lives()
    {
        var key = await keys.New("lyon", "GLPI", ct);
        var session = await keys.OpenSession(key, ct);
        (await keys.CallerOfSession(session, ct))!.Holder.ShouldBe("lyon");

        await keys.Revoke((await keys.List(ct)).Single().Id, ct);

        (await keys.CallerOfSession(session, ct)).ShouldBeNull();
        (await keys.CallerOfSession(await keys.OpenSession(key, ct), ct)).ShouldBeNull("nor is one that is opened later");
    }
}
