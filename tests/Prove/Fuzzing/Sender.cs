using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;

namespace GroupTicketing.Prove.Fuzzing;

/// <summary>Makes requests to every door the product has, from one seed the same.</summary>
public sealed record Sender
{
    static readonly (string Method, string Path)[] pages =
    [
        ("GET", "/"),
        ("GET", "/portal.css"),
        ("GET", "/envois"),
        ("POST", "/envois"),
        ("GET", "/rapprochement"),
        ("POST", "/rapprochement"),
        ("GET", "/tickets/{ticket}"),
        ("POST", "/session"),
        ("POST", "/session/fin"),
    ];

    static readonly string[] types =
    [
        "application/json",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=bb",
        "multipart/form-data",
        "text/plain",
        "APPLICATION/JSON",
        "",
        "multipart/form-data; boundary=\"",
        "application/json; charset=klingon",
        "application/json; charset=utf-7",
        "application/x-www-form-urlencoded; charset=utf-7",
        "multipart/form-data; boundary=" + new string('b', 5_000),
    ];

    static readonly (string Method, string Path) events = ("POST", "/v1/schools/{school}/events");

    readonly IReadOnlyList<(string Method, string Path)> doors;
    readonly IReadOnlyList<string?> keys;
    readonly string secret;

    Sender(Uri address, IReadOnlyList<(string Method, string Path)> doors, IReadOnlyList<string?> keys, string secret) =>
        (Address, this.doors, this.keys, this.secret) = (address, doors, keys, secret);

    public Uri Address { get; }

    /// <summary>Whether an event may be in order; else each has a flaw, whatever else is done to it.</summary>
    public bool MayBeTaken { get; init; } = true;

    /// <summary>With the doors that the product's own description names, and keys of an operator and a school.</summary>
    public static async Task<Sender> Known(Machines machines)
    {
        var described = JsonNode.Parse(await machines.Http.GetStringAsync(new Uri(machines.Product, "openapi.json")))![
            "paths"
        ]!.AsObject();
        var doors = described.SelectMany(
            path => path.Value!.AsObject().Where(one => one.Key is "get" or "post" or "put" or "delete"),
            (path, one) => (one.Key.ToUpperInvariant(), path.Key)
        );
        string?[] keys =
        [
            null,
            "gt_none",
            await machines.Command("keys", "new", "operator:fuzz"),
            await machines.Command("keys", "new", SchoolTool.First),
        ];
        return new Sender(machines.Product, [.. doors, .. pages], keys, machines.Schools[0].Secret);
    }

    public FuzzedRequest Make(Random chance)
    {
        // Most of what can be got wrong is in what schools send.
        var (method, path) = chance.Next(3) == 0 ? events : doors[chance.Next(doors.Count)];
        if (chance.Next(20) == 0)
            method = Pick(chance, "GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "get", "GÉT");
        var address = Filled(path, chance);
        var isEvent = path.EndsWith("/events", StringComparison.Ordinal);
        var body =
            method is "GET" or "HEAD" ? []
            : isEvent ? Bodies.Event(chance, MayBeTaken)
            : Bodies.Other(path, chance, MayBeTaken);
        var headers = Headers(method, isEvent, body, chance);
        var request = Framing.Write(method, address, headers, body, chance);
        return request with
        {
            What =
                $"{request.What} {headers.FirstOrDefault(one => one.Name == "Content-Type").Value}, "
                    + $"{body.Length} bytes: {Start(body)}",
        };
    }

    List<(string Name, string Value)> Headers(string method, bool isEvent, byte[] body, Random chance)
    {
        var headers = new List<(string Name, string Value)>
        {
            ("Host", Pick(chance, Address.Authority, Address.Authority, Address.Authority, "x", "", "a b")),
        };
        if (method is not ("GET" or "HEAD") || chance.Next(10) == 0)
            headers.Add(
                ("Content-Type", Bodies.TypeOf(body) is { } type && chance.Next(5) > 0 ? type : types[chance.Next(types.Length)])
            );
        if (isEvent && chance.Next(4) > 0)
        {
            var (id, now) = ($"fuzz-{chance.Next(1_000_000)}", DateTimeOffset.UtcNow);
            headers.AddRange(Poster.Headers(id, now, StandardWebhooks.Sign([secret], id, now, body)));
        }
        else if (keys[chance.Next(keys.Count)] is { } key)
        {
            headers.Add(chance.Next(5) == 0 ? ("Cookie", $"groupticketing-session={key}") : ("Authorization", $"Bearer {key}"));
        }
        if (chance.Next(10) == 0)
        {
            headers.Add(
                Pick<(string, string)>(
                    chance,
                    ("Origin", "null"),
                    ("Origin", "http://["),
                    ("Sec-Fetch-Site", "cross-site"),
                    ("Accept-Language", new string('é', 2_000)),
                    ("Range", "bytes=5-1"),
                    ("traceparent", "00-zz-1-1"),
                    ("X-Forwarded-For", "999.1.1.1, ::, x"),
                    ("X-Forwarded-Proto", "gopher"),
                    ("Content-Encoding", "gzip"),
                    ("Expect", "100-continue"),
                    ("x-rt-event", "Create"),
                    ("webhook-timestamp", "1e309"),
                    ("If-None-Match", "\"\"\""),
                    ("Cookie", ";;=;\0")
                )
            );
        }
        return headers;
    }

    static string Filled(string path, Random chance)
    {
        var filled = new StringBuilder();
        foreach (var part in path.Split('{', '}').Select((text, at) => (text, IsMember: at % 2 == 1)))
            filled.Append(part.IsMember ? Member(part.text, chance) : part.text);
        if (chance.Next(5) == 0)
            filled.Append(
                Pick(
                    chance,
                    "?before=x",
                    "?limit=-1",
                    "?limit=99999999999999999999",
                    "?school=%00",
                    "?after=%F0%28%8C%28",
                    "?cause=Nothing&target=%FF",
                    "?x=%",
                    "/",
                    "/..",
                    "?before=" + new string('9', 4_000),
                    "?limit=1&limit=2"
                )
            );
        return filled.ToString();
    }

    static string Member(string name, Random chance) =>
        chance.Next(3) > 0
            ? name switch
            {
                "school" => SchoolTool.First,
                "ticket" or "id" => Guid.Empty.ToString("N"),
                "act" => "retry",
                "service" => "routing",
                "lane" => "itop",
                _ => new string('0', 64),
            }
            : Pick(
                chance,
                "%00",
                "..%2f..",
                "%F0%9F%98%80",
                "'",
                "%ED%A0%80",
                new string('a', 3_000),
                "-1",
                "%25",
                "Toulouse",
                "quarantine",
                "%0d%0aX:%20y"
            );

    static string Start(byte[] body) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"{Convert.ToHexStringLower(body.AsSpan(0, Math.Min(body.Length, 24)))} "
                + $"{Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 160)))}"
            )
            .ReplaceLineEndings(" ");

    internal static T Pick<T>(Random chance, params ReadOnlySpan<T> of) => of[chance.Next(of.Length)];
}
