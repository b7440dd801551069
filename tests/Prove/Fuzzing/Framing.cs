using System.Globalization;
using System.Text;

namespace GroupTicketing.Prove.Fuzzing;

/// <summary>A request as it goes over the wire, and what it is in words.</summary>
/// <param name="IsWhole">Whether it has as much body as it says.</param>
/// <param name="IsOfAnotherHttp">Whether it is of a version that the server does not speak.</param>
public sealed record FuzzedRequest(byte[] Bytes, string What, bool IsWhole, bool IsOfAnotherHttp);

/// <summary>A request on the wire; now and then framed as no server should believe.</summary>
static class Framing
{
    public static FuzzedRequest Write(
        string method,
        string address,
        List<(string Name, string Value)> headers,
        byte[] body,
        Random chance
    )
    {
        var (version, length) = ("HTTP/1.1", $"{body.Length}");
        var isChunked = chance.Next(6) == 0;
        var broken = chance.Next(40);
        switch (broken)
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
        var (framed, isWhole) = isChunked ? Chunked(body, chance) : (body, true);
        return new FuzzedRequest(
            [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. framed],
            $"{method} {address}{(isChunked ? " in chunks" : "")}, framing {broken}",
            isWhole && broken is not (0 or 6) && !(broken is 3 && !isChunked),
            version == "HTTP/9.9"
        );
    }

    static (byte[] Bytes, bool IsWhole) Chunked(byte[] body, Random chance)
    {
        var size = Sender.Pick(
            chance,
            $"{body.Length:x}",
            $"{body.Length:x}",
            $"{body.Length:x}",
            $"{body.Length:x};name=\"v\"",
            "zz",
            "ffffffffffffffff",
            $"{body.Length + 5:x}"
        );
        var end = chance.Next(8) == 0 ? "\r\n0\r\n" : "\r\n0\r\n\r\n";
        var isWhole =
            size.Split(';')[0] == $"{body.Length:x}" && body.Length > 0 && end.EndsWith("\r\n\r\n", StringComparison.Ordinal);
        return ([.. Encoding.ASCII.GetBytes($"{size}\r\n"), .. body, .. Encoding.ASCII.GetBytes(end)], isWhole);
    }
}
