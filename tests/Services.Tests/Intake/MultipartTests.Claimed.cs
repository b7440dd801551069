using System.Net;
using System.Text.Json.Nodes;

namespace GroupTicketing.Services.Tests;

/// <summary>Which part is which file's: no part takes the place of another, and none that may be private crosses.</summary>
public partial class MultipartTests
{
    [Theory]
    [InlineData("""[{"name":"priv/a.txt","visibility":"private"},{"name":"a.txt"}]""", "pub/a.txt", "priv/a.txt")]
    [InlineData("""[{"name":"note.txt","visibility":"private"},{"name":"pub/note.txt"}]""", "old/note.txt", "note.txt")]
    [InlineData("""[{"name":"a.txt","visibility":"private"}]""", "x/a.txt", "a.txt")]
    [InlineData("""[{"name":"a.txt","visibility":"private"}]""", "x/a.txt", "y/a.txt")]
    [InlineData("""[{"name":"a.txt","visibility":null}]""", "a.txt", "a.txt")]
    [InlineData("""[{"name":"a.txt"},{"name":"a.txt","visibility":"private"}]""", "a.txt", "a.txt")]
    [InlineData("""[{"name":"a.txt","visibility":"private","content":"QUJD"},{"name":"b.txt"}]""", "a.txt", "b.txt")]
    public async Task A_part_that_bears_a_private_file_s_name_and_may_be_another_is_refused(
        string files,
        params string[] parts
    )
    {
        var answer = await Send("ticket.opened", $$"""{"title":"t","description":"d","files":{{files}}}""",
            [.. parts.Select(part => Part(part, part))]);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"« {parts[0]} »", Case.Sensitive);
    }

    [Theory]
    [InlineData("""[{"name":"a.txt"},{"name":"b/a.txt"}]""", new[] { "b/a.txt", "a.txt" }, "a.txt=a.txt a.txt=b/a.txt")]
    [InlineData("""[{"name":"a.txt"}]""", new[] { "x/a.txt", "a.txt" }, "a.txt=a.txt a.txt=x/a.txt")]
    [InlineData("""[{"name":"x\\b.txt"},{"name":"a.txt"}]""", new[] { "y/a.txt", "b.txt" }, "b.txt=b.txt a.txt=y/a.txt")]
    [InlineData(
        """[{"name":"p.txt","visibility":"private"},{"name":"a.txt"}]""",
        new[] { "x/a.txt", "x/p.txt" },
        "a.txt=x/a.txt"
    )]
    public async Task Whole_names_are_matched_before_bare_ones(string files, string[] parts, string crossing)
    {
        await Taken("ticket.opened", $$"""{"title":"t","description":"d","files":{{files}}}""",
            [.. parts.Select(part => Part(part, part))]);

        string.Join(' ', (await Files()).Select(file => $"{file.Name}={file.Bytes}")).ShouldBe(crossing);
    }

    [Fact]
    public async Task Of_several_parts_with_one_bare_name_none_is_guessed()
    {
        var answer = await Send(
            "ticket.opened",
            """{"title":"t","description":"d","files":[{"name":"a.txt"}]}""",
            Part("x/a.txt", "X"),
            Part("y/a.txt", "Y")
        );

        (await Fields(answer)).ShouldBe(["/data/files/0"]);
    }

    [Theory]
    [InlineData("name=\"capture.png\"\r\nContent-Type: image/png", "« capture.png »")]
    [InlineData("name=\"capture.png\"; filename=\"\"", "« capture.png »")]
    public async Task A_part_with_bytes_that_lost_its_file_s_name_is_told(string header, string named)
    {
        var answer = await Send("ticket.opened", Opened, ($"Content-Disposition: form-data; {header}", "PNG"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Fields(answer)).ShouldBe(["/data/files"]);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(named, Case.Sensitive);
    }

    static async Task<IEnumerable<string>> Fields(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!
            .AsArray()
            .Select(error => (string)error!["field"]!);
}
