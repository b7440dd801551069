using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GroupTicketing.Benchmarks.Gateway;

/// <summary>One connection of HTTP/1.1, kept open: as little of a client as can be.</summary>
sealed class Line : IDisposable
{
    readonly TcpClient connection = new() { NoDelay = true };
    readonly byte[] buffer = new byte[16_384];

    public static async Task<Line> Open(Uri to)
    {
        var line = new Line();
        await line.connection.ConnectAsync(to.Host, to.Port);
        return line;
    }

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    /// <returns>Its status.</returns>
    public async Task<int> Ask(byte[] request)
    {
        var socket = connection.Client;
        await socket.SendAsync(request);
        for (var read = 0; !IsWhole(buffer.AsSpan(0, read));)
        {
            var more = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (more == 0)
                throw new IOException("the connection was closed");
            read += more;
        }
        return int.Parse(buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => connection.Dispose();

    static bool IsWhole(ReadOnlySpan<byte> read)
    {
        var end = read.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var head = Encoding.ASCII.GetString(read[..end]);
        var length = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return length < 0
            ? read.EndsWith("0\r\n\r\n"u8)
            : read.Length - end - 4 >= int.Parse(head[(length + 16)..].Split('\r')[0], CultureInfo.InvariantCulture);
    }
}
