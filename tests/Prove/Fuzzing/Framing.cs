using System.Globalization;
using System.Text;

namespace GroupTicketing.Prove.Fuzzing;

/// <summary>A request on the wire; now and then framed as no server should believe.</summary>
static class Framing
{
    public static byte[] Write(string method, string address, List<(string Name, string Value)> headers, byte[] body, Random chance)
    {
        var (version, length) = ("HTTP/1.1", $"{body.Length}");
        var isChunked = chance.Next(6) == 0;
        switch (chance.Next(40))
        {
            case 0: length = $"{body.Length + 10}"; break;
            case 1: length = "-1"; break;
            case 2: length = "99999999999999999999"; break;
            case 3: headers.Add(("Content-Length", "3")); break;
            case 4: version = "HTTP/1.0"; break;
            case 5: version = "HTTP/9.9"; break;
            case 6: headers.Add(("Transfer-Encoding", "gzip, chunked")); break;
            case 7: headers.Add(("X-Long", new string('x', 40_000))); break;
            case 8: headers.AddRange(Enumerable.Range(0, 200).Select(number => ($"X-{number}", "y"))); break;
            case 9: address = $"http://x{address}"; break;
            case 10: headers.Add(("Connection", "Upgrade, HTTP2-Settings")); break;
        }
        if (isChunked)
            headers.Add(("Transfer-Encoding", "chunked"));
        else if (body.Length > 0 || chance.Next(3) == 0)
            headers.Add(("Content-Length", length));
        headers.Add(("Connection", "close"));
        var head = new StringBuilder($"{method} {address} {version}\r\n");
        foreach (var (name, value) in headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. isChunked ? Chunked(body, chance) : body];
    }

    static byte[] Chunked(byte[] body, Random chance)
    {
        var size = Sender.Pick(chance, $"{body.Length:x}", $"{body.Length:x}", $"{body.Length:x}", $"{body.Length:x};name=\"v\"", "zz", "ffffffffffffffff", $"{body.Length + 5:x}");
        return [.. Encoding.ASCII.GetBytes($"{size}\r\n"), .. body, .. Encoding.ASCII.GetBytes(chance.Next(8) == 0 ? "\r\n0\r\n" : "\r\n0\r\n\r\n")];
    }
}
