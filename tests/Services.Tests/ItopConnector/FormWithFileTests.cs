using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>A form with a file is, byte by byte, the form that holds its base64; only it is never in memory.</summary>
public sealed class FormWithFileTests
{
    static readonly CancellationToken ct = CancellationToken.None;

    static readonly ItopOptions options = new()
    {
        Url = new Uri("http://itop.invalid/"),
        User = "compte é",
        Password = "a+b&c=d",
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(49_151)]
    [InlineData(49_152)]
    [InlineData(49_153)]
    [InlineData(500_000)]
    public async Task It_is_the_form_that_holds_the_base64(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        using var whole = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["version"] = "1.3",
                ["auth_user"] = options.User,
                ["auth_pwd"] = options.Password,
                ["json_data"] = Operation("DATA").ToJsonString().Replace("DATA", Convert.ToBase64String(bytes)),
            }
        );

        using var form = await ItopForm.For(
            Operation(ItopForm.FileHere),
            options,
            _ => Task.FromResult<Stream>(new MemoryStream(bytes)),
            ct
        );

        form.Headers.ContentType.ShouldBe(whole.Headers.ContentType);
        form.Headers.ContentLength.ShouldBe(whole.Headers.ContentLength);
        using var sent = new MemoryStream();
        await form.CopyToAsync(sent, ct);
        var expected = await whole.ReadAsByteArrayAsync(ct);
        sent.ToArray().ShouldBe(expected);
        sent.SetLength(0);
        await form.CopyToAsync(sent, ct);
        sent.ToArray().ShouldBe(expected, "sent again, over another connection");
    }

    [Fact]
    public async Task Sending_the_largest_file_takes_no_memory_of_its_size()
    {
        using var file = new MemoryStream(new byte[IFiles.MostBytes]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var form = await ItopForm.For(Operation(ItopForm.FileHere), options, _ => Task.FromResult<Stream>(file), ct);
        await form.CopyToAsync(Stream.Null, ct);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * 1024 * 1024);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_the_store_s_fault_and_it_is_closed()
    {
        var file = new Torn(new byte[500_000]);
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient();
        var itop = new ItopClient(http, options with { Url = new Uri($"http://{listener.LocalEndpoint}/") }, TimeProvider.System);

        await Should.ThrowAsync<StoreUnavailableException>(() =>
            itop.Call(Operation(ItopForm.FileHere), ct, _ => Task.FromResult<Stream>(file))
        );

        listener.Stop();
        file.Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_cannot_even_be_measured_is_closed()
    {
        var file = new Torn(new byte[500_000], whole: 0);

        await Should.ThrowAsync<StoreUnavailableException>(() =>
            ItopForm.For(Operation(ItopForm.FileHere), options, _ => Task.FromResult<Stream>(file), ct)
        );

        file.Closed.ShouldBeTrue();
    }

    static JsonObject Operation(string data) =>
        new()
        {
            ["operation"] = "core/create",
            ["class"] = "Attachment",
            ["fields"] = new JsonObject
            {
                ["contents"] = new JsonObject { ["data"] = data, ["filename"] = "réponse & suite.png" },
            },
        };

    // Whole so many times, when it is measured, and torn after that, when it is sent: a disk that fails meanwhile.
    sealed class Torn(byte[] bytes, int whole = 1) : MemoryStream(bytes)
    {
        int begun;

        public bool Closed { get; private set; }

        public override long Position
        {
            get => base.Position;
            set => (base.Position, begun) = (value, begun + 1);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            begun > whole && Position > 0 ? throw new IOException("torn") : base.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            Closed = true;
            base.Dispose(disposing);
        }
    }
}
