using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GroupTicketing.Services.Tests;

/// <summary>A tool that answers each call with exactly these bytes, and then closes the line or leaves it as it is.</summary>
sealed class OddTool : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly List<TcpClient> open = [];

    public OddTool(string answer, bool closes)
    {
        listener.Start();
        _ = Serve(Encoding.ASCII.GetBytes(answer), closes);
    }

    public Uri Url => new($"http://{listener.LocalEndpoint}/callbacks");

    public void Dispose()
    {
        listener.Dispose();
        open.ForEach(client => client.Dispose());
    }

    async Task Serve(byte[] answer, bool closes)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                open.Add(client);
                var stream = client.GetStream();
                await ReadRequest(stream);
                await stream.WriteAsync(answer);
                if (closes)
                    client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    static async Task ReadRequest(NetworkStream stream)
    {
        var (buffer, text) = (new byte[8_192], "");
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) || text.Length < Whole(text))
            text += Encoding.Latin1.GetString(
                buffer,
                0,
                await stream.ReadAsync(buffer) is > 0 and var read ? read : throw new IOException("closed")
            );
    }

    static int Whole(string text)
    {
        var length = text.Split('\n')
            .First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Split(':')[1];
        return text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4 + int.Parse(length);
    }
}
