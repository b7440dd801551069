using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>How big a post may be, to the byte, over real HTTP: 1 MiB without its files, 25 MiB a file, 36 MiB in all.</summary>
public class SizeTests : IAsyncLifetime
{
    const int MiB = 1024 * 1024;
    const int MostEvent = MiB;
    const int MostFile = 25 * MiB;
    const int MostBody = 36 * MiB;

    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["intake"]);
        key = await door.Key("toulouse");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task An_event_of_a_mebibyte_is_taken_and_one_byte_more_is_not()
    {
        await Refused(
            Json(Filled(GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}"""), MostEvent + 1)),
            ""
        );
        await Taken(Json(Filled(GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}"""), MostEvent)), []);
    }

    [Fact]
    public async Task A_file_of_25_MiB_in_base64_is_taken_and_one_byte_more_is_not()
    {
        await Refused(Json(Event(3, MostFile + 1)), "/data/files/1/content");
        await Taken(Json(Event(3, MostFile)), [3, MostFile]);
    }

    [Fact]
    public async Task The_file_of_an_attachment_event_has_the_same_limit()
    {
        static byte[] Attached(int size) =>
            GenericTests.Event(
                "ticket.attached",
                new JsonObject
                {
                    ["id"] = "f",
                    ["name"] = "a.bin",
                    ["content"] = Convert.ToBase64String(new byte[size]),
                }.ToJsonString()
            );

        await Refused(Json(Attached(MostFile + 1)), "/data/content");
        await Taken(Json(Attached(MostFile)), [MostFile]);
    }

    [Fact]
    public async Task A_multipart_file_of_25_MiB_is_taken_and_one_byte_more_is_not()
    {
        await Refused(Multipart(MostFile + 1), "/data/files/0/content");
        await Taken(Multipart(MostFile), [MostFile]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_36_MiB_is_taken_and_one_byte_more_is_not(bool chunked)
    {
        var body = Event(MostFile, MiB);

        await Refused(Json(Padded(body, MostBody + 1), chunked), null);
        await Taken(Json(Padded(body, MostBody), chunked), [MiB, MostFile]);
    }

    [Fact]
    public async Task A_multipart_body_of_36_MiB_is_taken_and_one_byte_more_is_not()
    {
        var frame = (await Multipart(MostFile, 1).ReadAsByteArrayAsync()).Length - MostFile - 1;

        await Refused(Multipart(MostFile, MostBody + 1 - MostFile - frame), null);
        await Taken(Multipart(MostFile, MostBody - MostFile - frame), [MostBody - MostFile - frame, MostFile]);
    }

    [Fact]
    public async Task Accents_count_as_they_were_sent()
    {
        var data = new JsonObject
        {
            ["title"] = "t",
            ["description"] = new string('é', 100_000),
            ["summary"] = new string('é', 100_000),
            ["files"] = new JsonArray(File(3)),
        };

        await Taken(Json(GenericTests.Event("ticket.opened", data.ToJsonString(GroupTicketing.Platform.Json.Options))), [3]);
    }

    async Task Refused(HttpContent content, string? field)
    {
        var answer = await Post(content);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, await answer.Content.ReadAsStringAsync());
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)problem["type"]!).ShouldBe("urn:groupticketing:problem:too-big");
        ((string?)problem["field"]).ShouldBe(field);
        ((string)problem["detail"]!).ShouldBe(
            "1 Mio au plus sans les fichiers, 25 Mio par fichier, 36 Mio en tout, base64 compris."
        );
        Files().ShouldBeEmpty();
        (await door.Services.GetRequiredService<Documents<SchoolSide>>().List(null, null, 1, default)).ShouldBeEmpty();
    }

    /// <summary>The same delivery as was refused: nothing was kept of it, not even its id.</summary>
    async Task Taken(HttpContent content, long[] files)
    {
        var answer = await Post(content);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        Files().ShouldBe(files);
        (
            await door
                .Services.GetRequiredService<Documents<SchoolSide>>()
                .Read(TicketIds.OfSchool("toulouse", "4512").ToString("N"), default)
        ).ShouldNotBeNull();
    }

    Task<HttpResponseMessage> Post(HttpContent content)
    {
        var isChunked = content.Headers.Remove("x-chunked");
        return door.Post(content, key, isChunked);
    }

    long[] Files() =>
        Directory.Exists(Path.Combine(door.Data, "files"))
            ?
            [
                .. Directory.GetFiles(Path.Combine(door.Data, "files"), "*", SearchOption.AllDirectories)
                    .Select(file => new FileInfo(file).Length)
                    .Order(),
            ]
            : [];

    static byte[] Event(params int[] sizes) =>
        GenericTests.Event(
            "ticket.opened",
            new JsonObject
            {
                ["title"] = "t",
                ["description"] = "d",
                ["files"] = new JsonArray([.. sizes.Select(File)]),
            }.ToJsonString()
        );

    static JsonObject File(int size, int index = 0) =>
        new() { ["name"] = $"{index}.bin", ["content"] = Convert.ToBase64String(new byte[size]) };

    // Blanks alone do not make an event too big.
    static byte[] Filled(byte[] body, int size) =>
        [.. body[..^1], .. ",\"x\":\""u8, .. Enumerable.Repeat((byte)'x', size - body.Length - 7), .. "\"}"u8];

    static byte[] Padded(byte[] body, int size) => [.. body, .. Enumerable.Repeat((byte)' ', size - body.Length)];

    static ByteArrayContent Json(byte[] body, bool chunked = false)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (chunked)
            content.Headers.Add("x-chunked", "yes");
        return content;
    }

    static MultipartFormDataContent Multipart(params int[] sizes)
    {
        var parts = new MultipartFormDataContent("grenze")
        {
            { new ByteArrayContent(GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}""")), "event" },
        };
        foreach (var (index, size) in sizes.Index())
            parts.Add(new ByteArrayContent(new byte[size]), "file", $"{index}.bin");
        return parts;
    }
}
