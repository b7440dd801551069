using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.Prove.Fuzzing;

/// <summary>Bodies that were right until something in them was changed.</summary>
static class Bodies
{
    const string Event1 =
        """{"specversion":"1.0","id":"e1","source":"/schools/toulouse","type":"ticket.opened","subject":"N","""
        + """ "time":"2026-11-24T09:12:00+01:00","data":{"title":"t","description":"d","brique":"Scénari","""
        + """ "requester":{"name":"Léa","email":"lea@insa.example"},"priority":"high","""
        + """ "comments":[{"id":"c0","text":"déjà","at":"2026-11-24T09:00:00Z","by":"requester"}],"""
        + """ "files":[{"name":"a.txt","type":"text/plain","content":"YQ=="}]}}""";

    static readonly string[] eventTypes =
    [
        "ticket.opened",
        "ticket.commented",
        "ticket.answered",
        "ticket.attached",
        "ticket.confirmed",
        "ticket.reopened",
        "ticket.closed",
        "ticket.withdrawn",
        "ticket.linked",
        "ticket.x",
        "",
    ];

    static readonly string[] odd =
    [
        "null",
        "true",
        "-0",
        "1e999",
        "123456789012345678901234567890",
        "\"\\ud83d\"",
        "\"\\u0000\"",
        "[]",
        "{}",
        "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
        "\"2026-02-30T25:61:00+99:00\"",
        "\"2026-11-24T09:12:00\"",
        "\"\"",
        "\" \"",
        "{\"a\":1,\"a\":2}",
        "\"\\u202e\\u200d\"",
        "\"public \"",
        "\"Public\"",
        "\"@groupe\"",
        "\"!!!\"",
        "\"=\"",
        "1,\"id\":1,\"title\":1,\"name\":1",
        $"\"{new string('\u007f', 50_000)}\"",
    ];

    public static byte[] Event(Random chance, bool mayBeTaken)
    {
        var said = JsonNode.Parse(Event1)!.AsObject();
        if (!mayBeTaken)
            said["specversion"] = "0.3";
        said["id"] = $"e{chance.Next(100_000)}";
        said["subject"] = $"{chance.Next(200)}";
        said["type"] = Sender.Pick(chance, eventTypes.AsSpan());
        var data = said["data"]!.AsObject();
        if (chance.Next(2) == 0)
            (data["id"], data["text"], data["by"]) = ($"c{chance.Next(1_000)}", "un mot", "support");
        var json = Changed(said.ToJsonString(), chance);
        return chance.Next(5) == 0 ? Multipart(json, chance) : Mangled(Encoding.UTF8.GetBytes(json), chance);
    }

    /// <param name="mayBeTaken">Whether an announcement may be: each is told to every ticket, and stays in its document.</param>
    public static byte[] Other(string path, Random chance, bool mayBeTaken)
    {
        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            return Mangled(
                Encoding.UTF8.GetBytes(
                    Sender.Pick(
                        chance,
                        "key=gt_x",
                        "key",
                        "=&&&=",
                        "%",
                        "key=%ZZ",
                        "key=" + new string('k', 70_000),
                        "target=itop&cause=Down&act=retry&service=routing&lane=x",
                        string.Concat(Enumerable.Repeat("a=1&", 3_000)),
                        "key=%00%FF"
                    )
                ),
                chance
            );
        }
        var brique = mayBeTaken && chance.Next(4) == 0 ? "Scénari" : "Aucune";
        var json =
            """{"target":"itop","cause":"Down","school":"toulouse","ticket":"4512","since":"2026-11-24T09:00:00+01:"""
            + """00","how":"same","tickets":"""
            + """["00000000000000000000000000000000"],"service":"x","text":"t","reference":"R-000001","brique":"""
            + $"\"{brique}\"}}";
        return Mangled(Encoding.UTF8.GetBytes(Changed(json, chance)), chance);
    }

    /// <summary>What a sender of these bytes would call them; null: nobody knows.</summary>
    public static string? TypeOf(byte[] body) => body switch
    {
        [(byte)'{', ..] => "application/json",
        [(byte)'-', (byte)'-', ..] => "multipart/form-data; boundary=bb",
        [(byte)'k' or (byte)'t' or (byte)'a', ..] => "application/x-www-form-urlencoded",
        _ => null,
    };

    // One value replaced by one that does not belong there, wherever it is.
    static string Changed(string json, Random chance)
    {
        for (var times = chance.Next(3); times > 0; times--)
        {
            var colons = Enumerable.Range(0, json.Length).Where(at => json[at] == ':' && at + 1 < json.Length).ToList();
            if (colons.Count == 0)
                return json;
            var begin = colons[chance.Next(colons.Count)] + 1;
            var end = json.IndexOfAny([',', '}', ']'], begin);
            json = json[..begin] + odd[chance.Next(odd.Length)] + (end < 0 ? "" : json[end..]);
        }
        return json;
    }

    static byte[] Mangled(byte[] body, Random chance) => chance.Next(12) switch
    {
        0 => body[..chance.Next(body.Length + 1)],
        1 => [.. body, .. body],
        2 => [0xEF, 0xBB, 0xBF, .. body],
        3 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)),
        4 => Flipped(body, chance),
        5 => [],
        _ => body,
    };

    static byte[] Flipped(byte[] body, Random chance)
    {
        for (var times = chance.Next(1, 8); times > 0 && body.Length > 0; times--)
            body[chance.Next(body.Length)] = (byte)chance.Next(256);
        return body;
    }

    static byte[] Multipart(string json, Random chance)
    {
        var disposition = Sender.Pick(
            chance,
            "form-data; name=\"event\"",
            "form-data; name=event",
            "form-data",
            "attachment; name=\"event\"; filename=\"x\"",
            "form-data; name=\"event\"; filename*=UTF-8''%ZZ",
            "",
            "form-data; name=\"" + new string('n', 20_000) + "\""
        );
        var other = Sender.Pick(
            chance,
            "form-data; name=\"f\"; filename=\"a%22.txt\"",
            "form-data; name=\"event\"",
            "form-data; filename=\"\u0001\"",
            "form-data; name=\"f\"; filename*=utf-7''abc",
            "form-data; name=\"f\"; filename*=klingon''%",
            "form-data; name=\"f\"; filename=\"C:\\temp\\\"",
            "form-data; name=\"f\"; filename=\"\""
        );
        var coding = Sender.Pick(chance, "8bit", "base64", "quoted-printable", "x", "");
        var bytes = Sender.Pick(chance, "bytes", "QUJD", "QUJ", "a=\r\n b ", new string('=', 70_000), new string(' ', 70_000));
        return Mangled(
            Encoding.UTF8.GetBytes(
                $"--bb\r\nContent-Disposition: {disposition}\r\n\r\n{json}\r\n"
                    + $"--bb\r\nContent-Disposition: {other}\r\nContent-Transfer-Encoding: {coding}\r\n"
                    + $"Content-Type: {Sender.Pick(chance, "text/plain", "text/plain; charset=utf-7", "x", "")}\r\n\r\n"
                    + $"{bytes}\r\n--bb--\r\n"
            ),
            chance
        );
    }
}
