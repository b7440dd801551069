using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.Tests;

/// <summary>A wire between two processes that can be cut without either noticing: while it holds, bytes go in and
/// nothing comes out.</summary>
public sealed class Gate : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closed = new();
    readonly Uri to;
    TaskCompletionSource open = Opened();

    Gate(Uri to)
    {
        this.to = to;
        listener.Start();
        _ = Accept();
    }

    /// <summary>What is called instead.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>A wire to an address.</summary>
    public static Gate To(Uri address) => new(address);

    /// <summary>From now on nothing passes.</summary>
    public void Hold() => open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All passes again, what was held first.</summary>
    public void Release() => open.TrySetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener.Stop();
        closed.Dispose();
    }

    static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    async Task Accept()
    {
        try
        {
            while (true)
                _ = Pass(await listener.AcceptTcpClientAsync(closed.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Closed.
        }
    }

    async Task Pass(TcpClient caller)
    {
        using var called = new TcpClient();
        using (caller)
        {
            try
            {
                await open.Task.WaitAsync(closed.Token);
                await called.ConnectAsync(to.Host, to.Port, closed.Token);
                await Task.WhenAny(Copy(caller.GetStream(), called.GetStream()), Copy(called.GetStream(), caller.GetStream()));
            }
            catch (Exception exception)
                when (exception is IOException or SocketException or OperationCanceledException
                    or ObjectDisposedException or InvalidOperationException)
            {
                // One of the two has gone.
            }
        }
    }

    async Task Copy(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await from.ReadAsync(buffer, closed.Token) is > 0 and var read)
            {
                await open.Task.WaitAsync(closed.Token);
                await to.WriteAsync(buffer.AsMemory(0, read), closed.Token);
            }
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has gone.
        }
    }
}
