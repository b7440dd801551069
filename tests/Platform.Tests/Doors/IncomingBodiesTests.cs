using System.Security.Cryptography;

namespace GroupTicketing.Platform.Tests;

/// <summary>What senders send does not decide how much is held: small bodies in memory, others in files without a name,
/// all of them counted.</summary>
public sealed class IncomingBodiesTests : IDisposable
{
    const int MiB = 1024 * 1024;

    static readonly CancellationToken ct = CancellationToken.None;

    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(IncomingBodies.Small - 1)]
    [InlineData(IncomingBodies.Small)]
    [InlineData(IncomingBodies.Small + 1)]
    [InlineData(3 * MiB + 17)]
    public async Task A_body_comes_back_as_it_was(int length)
    {
        var sent = RandomNumberGenerator.GetBytes(length);
        using var body = (await Bodies().Read(new Trickle(sent), 4 * MiB, ct)).ShouldNotBeNull();

        body.Bytes.Span.SequenceEqual(sent).ShouldBeTrue();
        Files().ShouldBeEmpty("what has no name is left by nobody");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(IncomingBodies.Small)]
    [InlineData(2 * MiB)]
    public async Task One_byte_over_its_limit_is_too_big(int limit)
    {
        var bodies = Bodies();

        using (await bodies.Read(new MemoryStream(new byte[limit]), limit, ct))
            bodies.Held.ShouldBe(1);
        (await bodies.Read(new MemoryStream(new byte[limit + 1]), limit, ct)).ShouldBeNull();
        bodies.Held.ShouldBe(0);
    }

    [Fact]
    public async Task Big_bodies_share_their_room_and_leave_the_small_theirs()
    {
        var bodies = Bodies(3 * MiB);
        using var one = await bodies.Read(new MemoryStream(new byte[2 * MiB]), 4 * MiB, ct);

        await Should.ThrowAsync<NoRoomException>(() => bodies.Read(new MemoryStream(new byte[2 * MiB]), 4 * MiB, ct));
        using (var small = await bodies.Read(new MemoryStream(new byte[1_000]), 4 * MiB, ct))
            small!.Bytes.Length.ShouldBe(1_000);
        one!.Dispose();
        one.Dispose();
        using var other = (await bodies.Read(new MemoryStream(new byte[2 * MiB]), 4 * MiB, ct)).ShouldNotBeNull(
            "its room came back, once"
        );
        await Should.ThrowAsync<NoRoomException>(() => bodies.Read(new MemoryStream(new byte[2 * MiB]), 4 * MiB, ct));
    }

    [Fact]
    public async Task So_many_at_once_and_no_more()
    {
        var bodies = Bodies();
        var held = new List<IncomingBody>();
        for (var index = 0; index < IncomingBodies.MostAtOnce; index++)
            held.Add((await bodies.Read(new MemoryStream(new byte[1]), 10, ct))!);

        await Should.ThrowAsync<NoRoomException>(() => bodies.Read(new MemoryStream(new byte[1]), 10, ct));
        held[0].Dispose();
        (await bodies.Read(new MemoryStream(new byte[1]), 10, ct))!.Dispose();
        held.ForEach(one => one.Dispose());
        bodies.Held.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_breaks_off_gives_its_room_back()
    {
        var bodies = Bodies(MiB);

        for (var time = 0; time < 5; time++)
            await Should.ThrowAsync<IOException>(() => bodies.Read(new Trickle(new byte[MiB / 2], breaks: true), MiB, ct));
        (await bodies.Read(new MemoryStream(new byte[MiB / 2]), MiB, ct))!.Dispose();
        bodies.Held.ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_no_room()
    {
        File.WriteAllText(folder.File("incoming"), "a file where the folder is expected");
        var bodies = Bodies();

        await Should.ThrowAsync<NoRoomException>(() => bodies.Read(new MemoryStream(new byte[MiB]), 2 * MiB, ct));
        bodies.Held.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_cannot_be_mapped_is_no_room()
    {
        var bodies = new IncomingBodies(folder.File("incoming"), 100 * MiB)
        {
            Map = _ => throw new IOException("Cannot allocate memory"),
        };

        await Should.ThrowAsync<NoRoomException>(() => bodies.Read(new MemoryStream(new byte[MiB]), 2 * MiB, ct));
        bodies.Held.ShouldBe(0);
    }

    [Fact]
    public async Task Of_small_ones_that_trickle_and_are_nobody_s_yet_the_first_gives_way()
    {
        var bodies = Bodies();
        using var end = new CancellationTokenSource();
        var known = bodies.Read(new Silent(), 10, end.Token, isKnown: true);
        var slow = new List<Task<IncomingBody?>>();
        for (var index = 1; index < IncomingBodies.MostAtOnce; index++)
            slow.Add(bodies.Read(new Silent(), 10, end.Token));

        using (var whole = await bodies.Read(new MemoryStream(new byte[7]), 10, ct))
            whole!.Bytes.Length.ShouldBe(7);

        await Should.ThrowAsync<NoRoomException>(() => slow[0]);
        (known.IsCompleted, slow.Skip(1).Any(one => one.IsCompleted)).ShouldBe((false, false));
        await end.CancelAsync();
        foreach (var one in slow.Skip(1).Append(known))
            await Should.ThrowAsync<OperationCanceledException>(() => one);
        bodies.Held.ShouldBe(0);
    }

    [Fact]
    public async Task Those_of_known_senders_give_way_to_nobody()
    {
        var bodies = Bodies();
        using var end = new CancellationTokenSource();
        var slow = new List<Task<IncomingBody?>>();
        for (var index = 0; index < IncomingBodies.MostAtOnce; index++)
            slow.Add(bodies.Read(new Silent(), 10, end.Token, isKnown: true));

        await Should.ThrowAsync<NoRoomException>(() => bodies.Read(new MemoryStream(new byte[7]), 10, ct));

        slow.ShouldAllBe(one => !one.IsCompleted);
        await end.CancelAsync();
    }

    IncomingBodies Bodies(long mostOnDisk = 100 * MiB) => new(folder.File("incoming"), mostOnDisk);

    string[] Files() => Directory.Exists(folder.File("incoming")) ? Directory.GetFiles(folder.File("incoming")) : [];

    /// <summary>Gives nothing, and does not end.</summary>
    sealed class Silent : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    /// <summary>Gives a few thousand bytes at a time, as networks do.</summary>
    sealed class Trickle(byte[] bytes, bool breaks = false) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer[..Math.Min(buffer.Length, 3_001)], cancellationToken) is > 0 and var read ? read
            : breaks ? throw new IOException("gone")
            : 0;
    }
}
