using System.Net;
using System.Net.Sockets;
using System.Text;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests;

/// <summary>Neither a moment without memory nor a sender that trickles takes a post's place for long.</summary>
public sealed class NoRoomTests
{
    [Fact]
    public async Task Memory_that_is_short_is_503_with_a_time_and_the_repeat_is_taken()
    {
        var files = new ShortOfMemory();
        await using var door = await Door.Open(["intake"], builder => builder.Services.AddSingleton<IFiles>(files));
        var opened = GenericTests.Event(
            "ticket.opened",
            """{"title":"t","description":"d","files":[{"name":"a.txt","content":"QUJD"}]}"""
        );

        var answer = await door.Post(opened);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync()).ShouldContain("avec le même identifiant");
        files.IsShort = false;
        (await door.Post(opened)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        files.Kept.ShouldBe(["ABC"]);
    }

    [Fact]
    public async Task Over_what_all_bodies_may_take_together_it_is_503_with_a_time_and_small_ones_are_taken()
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        using var gone = new Deleted(folder);
        await using var door = await Door.Open(["intake"], builder =>
            builder.Services.AddSingleton(new IncomingBodies(folder, mostOnDisk: 150_000))
        );
        byte[] Opened(int length, string id) =>
            GenericTests.Event("ticket.opened", $$"""{"title":"t","description":"{{new string('x', length)}}"}""", id, id);

        var answer = await door.Post(Opened(160_000, "big"), id: "big");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Api.Fits("POST /v1/schools/{school}/events", answer);
        (await door.Post(Opened(140_000, "less"), id: "less")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await door.Post(Opened(1_000, "small"), id: "small")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    sealed class Deleted(string folder) : IDisposable
    {
        public void Dispose() => Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_small_body_that_trickles_is_ended_after_half_a_minute_and_its_place_is_free()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var door = await Door.Open(["intake"], builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var bodies = door.Services.GetRequiredService<IncomingBodies>();
        using var connection = new TcpClient();
        await connection.ConnectAsync(door.Http.BaseAddress!.Host, door.Http.BaseAddress.Port);
        // The server itself ends who sends less than a kibibyte a second: so much is said that it has no reason to yet.
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/schools/toulouse/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {await door.Key("toulouse")}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {IncomingBodies.Small}\r\n\r\n{new string(' ', 40 * 1024)}"
        ));
        await Door.Until(() => Task.FromResult(bodies.Held == 1 ? "held" : null), "its body is being read");

        clock.Advance(TimeSpan.FromSeconds(31));

        var heard = new byte[20];
        await connection.GetStream().ReadExactlyAsync(heard).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Encoding.ASCII.GetString(heard).ShouldStartWith("HTTP/1.1 408");
        bodies.Held.ShouldBe(0);
    }

    sealed class ShortOfMemory : IFiles
    {
        public bool IsShort { get; set; } = true;

        public List<string> Kept { get; } = [];

        public Task Put(string ticket, string hash, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct)
        {
            if (IsShort)
                throw new OutOfMemoryException();
            Kept.Add(string.Concat(pieces.Select(piece => Encoding.UTF8.GetString(piece.Span))));
            return Task.CompletedTask;
        }

        public Task<Stream?> Open(string ticket, string hash, CancellationToken ct) => Task.FromResult<Stream?>(null);

        public Task Delete(string ticket, DateTimeOffset untouchedSince, CancellationToken ct) => Task.CompletedTask;

        public Task DeleteLeftOvers(DateTimeOffset before, CancellationToken ct) => Task.CompletedTask;

        public Task<IReadOnlyList<string>> Untouched(
            DateTimeOffset before,
            string? after,
            int limit,
            CancellationToken ct
        ) => Task.FromResult<IReadOnlyList<string>>([]);
    }
}
