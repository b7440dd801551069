using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;

namespace GroupTicketing.Services.Tests;

/// <summary>What parsers read differently is refused by its pointer; nothing a sender can write is a fault of ours.</summary>
public class StrictJsonTests
{
    [Theory]
    [InlineData("""{"data":{"title":"Panne \ud83d"}}""", "/data/title")]
    [InlineData("""{"data":{"title":"\udcfb Panne"}}""", "/data/title")]
    [InlineData("""{"data":{"comments":[{"text":"a"},{"text":"\ud83d\ud83d"}]}}""", "/data/comments/1/text")]
    [InlineData("""{"data":{"a":1,"b":2,"a":3}}""", "/data/a")]
    [InlineData("""{"id":"1","data":{},"id":"1"}""", "/id")]
    [InlineData("""{"id":"1","\u0069d":"2"}""", "/id")]
    [InlineData("""{"data":{"a/b":1,"a/b":1}}""", "/data/a~1b")]
    [InlineData("""{"data":{"files":[{"name":"a","content":"QUJD"},{"name":"b","content":"é"}]}}""", "/data/files/1/content")]
    [InlineData("""{"data":{"content":"<p>Bonjour</p>"}}""", "/data/content")]
    [InlineData("""{"data":{"content":"QUI"}}""", "/data/content")]
    [InlineData("""{"data":{"content":"QUI=QUJD"}}""", "/data/content")]
    [InlineData("""{"data":{"content":"\u00e9"}}""", "/data/content")]
    [InlineData("""{"data":{"content":{"a":1}}}""", "/data/content")]
    [InlineData("""{"data":{"content":null}}""", "/data/content")]
    [InlineData("{", "")]
    [InlineData("{} {}", "")]
    [InlineData("", "")]
    [InlineData("""{"a":1,}""", "")]
    public void One_flaw(string body, string pointer) => Flaws(Encoding.UTF8.GetBytes(body)).ShouldBe([pointer]);

    [Fact]
    public void Another_encoding_is_named_by_its_byte()
    {
        var flaw = StrictJson.Read(Encoding.Latin1.GetBytes("""{"data":{"title":"Problème"}}""")).Flaws.ShouldHaveSingleItem();

        flaw.Field.ShouldBe("");
        flaw.What.ShouldContain("UTF-8 (octet 24)");
    }

    [Theory]
    [InlineData(15, 0)]
    [InlineData(16, 1)]
    [InlineData(31, 1)]
    [InlineData(32, 1)]
    [InlineData(10_000, 1)]
    public void Levels_are_counted(int lists, int flaws)
    {
        var pointer = $"/data{string.Concat(Enumerable.Repeat("/0", 15))}";

        StrictJson
            .Read(Encoding.UTF8.GetBytes($$$"""{"data":{{{new string('[', lists)}}}{{{new string(']', lists)}}}}"""))
            .Flaws.ShouldBe(Enumerable.Repeat(new Flaw(pointer, Texts.TooDeep), flaws));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_it() =>
        Text(Encoding.UTF8.Preamble.ToArray().Concat("""{"a":1}"""u8.ToArray()).ToArray()).ShouldBe("""{"a":1}""");

    [Fact]
    public void Many_flaws_are_enough()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"name":"a","content":"é"}""", 10_000));

        Flaws(Encoding.UTF8.GetBytes($$$"""{"data":{"files":[{{{many}}}]}}""")).Count().ShouldBe(50);
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(52, 2)]
    public void Fifty_files_are_taken(int count, int flaws)
    {
        var files = string.Join(',', Enumerable.Repeat("""{"name":"a","content":""}""", count));

        Flaws(Encoding.UTF8.GetBytes($$$"""{"data":{"files":[{{{files}}}]}}""")).Count().ShouldBe(flaws);
    }

    [Theory]
    [InlineData("QUJD", "ABC")]
    [InlineData("", "")]
    [InlineData("QUI=", "AB")]
    [InlineData("""QU\nI=\n""", "AB")]
    [InlineData("""\u0051UI\u003d""", "AB")]
    [InlineData("""Pz8\/""", "???")]
    public void A_content_becomes_its_hash_and_size(string content, string bytes)
    {
        var unpacked = StrictJson.Read(
            Encoding.UTF8.GetBytes($$$"""{"data":{"sha256":"mine","content":"{{{content}}}","size":7,"name":"a"}}""")
        );

        unpacked.Flaws.ShouldBeEmpty();
        Pieces(unpacked.Files.ShouldHaveSingleItem()).ShouldBe(Encoding.ASCII.GetBytes(bytes));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(bytes)));
        Encoding
            .UTF8.GetString(unpacked.Light.Body)
            .ShouldBe($$$"""{"data":{"sha256":"{{{hash}}}","size":{{{bytes.Length}}},"name":"a"}}""");
    }

    [Fact]
    public void Bytes_of_any_length_in_lines_of_any_length_come_back() =>
        Gen
            .Byte.Array[0, 200_000]
            .Select(Gen.Int[1, 100_000], Gen.Bool)
            .Sample(
                (bytes, line, escaped) =>
                {
                    var lines =
                        string.Join("\\r\\n", Convert.ToBase64String(bytes).Chunk(line).Select(one => new string(one)))
                        + (line % 2 == 0 ? "\\n" : "");
                    var text = escaped ? lines.Replace("/", "\\/") : lines;
                    var file = StrictJson
                        .Read(Encoding.UTF8.GetBytes($$$"""{"data":{"files":[{"content":"{{{text}}}"}]}}"""))
                        .Files.ShouldHaveSingleItem();
                    file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
                    Pieces(file).ShouldBe(bytes);
                },
                iter: 60
            );

    [Fact]
    public void What_is_right_means_the_same_afterwards() =>
        Json.Sample(
            node =>
                JsonNode
                    .DeepEquals(JsonNode.Parse(StrictJson.Read(Encoding.UTF8.GetBytes(node.ToJsonString())).Light.Body), node)
                    .ShouldBeTrue(node.ToJsonString()),
            iter: 500
        );

    [Fact]
    public void No_bytes_are_a_fault_of_ours() => Gen.Byte.Array[0, 60].Select(Gen.Int[0, 3]).Sample(
        (tail, head) =>
        {
            byte[] body = [.. Encoding.UTF8.GetBytes(heads[head]), .. tail];
            var unpacked = StrictJson.Read(body);
            if (unpacked.Flaws.Count == 0)
                JsonDocument.Parse(unpacked.Light.Body).Dispose();
        },
        iter: 20_000);

    static readonly string[] heads = ["", """{"data":{"content":""", """{"a":[""", """{"data":{"title":"\ud8"""];

    static readonly Gen<JsonNode> Json = Gen.Recursive<JsonNode>(
        (depth, self) =>
            depth > 4
                ? Gen.OneOf(
                    Gen.String.Where(IsText).Select(text => (JsonNode)JsonValue.Create(text)),
                    Gen.Int.Select(number => (JsonNode)JsonValue.Create(number)),
                    Gen.Bool.Select(one => (JsonNode)JsonValue.Create(one))
                )
                : Gen.OneOf(
                    self.Array[0, 4].Select(items => (JsonNode)new JsonArray(items)),
                    Gen.String.Where(IsText)
                        .Where(name => name is not ("content" or "sha256" or "size"))
                        .Select(self)
                        .Array[0, 4]
                        .Select(members =>
                            (JsonNode)
                                new JsonObject(
                                    members
                                        .DistinctBy(one => one.Item1)
                                        .Select(one => KeyValuePair.Create(one.Item1, (JsonNode?)one.Item2))
                                )
                        )
                )
    );

    static bool IsText(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    static byte[] Pieces(SentFile file) => [.. file.Pieces().SelectMany(piece => piece.ToArray())];

    static IEnumerable<string> Flaws(byte[] body) => StrictJson.Read(body).Flaws.Select(flaw => flaw.Field);

    static string Text(byte[] body) => Encoding.UTF8.GetString(StrictJson.Read(body).Light.Body);
}
