using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>How parts write their bytes and their names, as old and odd senders do.</summary>
public partial class MultipartTests
{
    [Theory]
    [InlineData("base64", "QUJD\r\nREVG\r\nRw==", "ABCDEFG")]
    [InlineData("BASE64", "", "")]
    [InlineData(
        "Quoted-Printable",
        "caf=C3=a9 =3D 1  \r\nune ligne longue =  \r\nune seule=\r\n",
        "café = 1\r\nune ligne longue une seule"
    )]
    [InlineData("quoted-printable", "a  b\tc \t", "a  b\tc")]
    [InlineData("8bit", "caf=C3=A9", "caf=C3=A9")]
    [InlineData("7bit", "QUJD", "QUJD")]
    [InlineData(" binary", "QUJD\\n", "QUJD\\n")]
    public async Task Bytes_are_kept_as_they_are_meant(string coding, string sent, string meant)
    {
        await Taken("ticket.opened", """{"title":"t","description":"d","files":[{"name":"a.txt"}]}""", Coded(coding, sent));

        (await Files()).ShouldBe([("a.txt", meant)]);
    }

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    public async Task Long_ones_too_whatever_stands_where_a_piece_ends(string coding)
    {
        var meant = new StringBuilder();
        foreach (var line in Enumerable.Range(0, 20_000))
            meant.Append($"ligne{new string(' ', line % 7)}{line} é{new string('x', line % 5)}\r\n");
        var text = meant.Append("fin").ToString();
        var sent = coding == "base64"
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks)
            : text.Replace("é", "=C3=A9").Replace("e", "=65=\r\n").Replace("\r\nfin", "  \r\nfin");

        await Taken("ticket.opened", Opened, Coded(coding, sent));

        (await Files()).ShouldBe([("a.txt", text)]);
    }

    [Theory]
    [InlineData("base64", "QUJ?")]
    [InlineData("base64", "QUJ")]
    [InlineData("base64", "QU\\nJD")]
    [InlineData("base64", "QUJD\\")]
    [InlineData("quoted-printable", "a=ZZ")]
    [InlineData("quoted-printable", "a=4")]
    [InlineData("quoted-printable", "a= b")]
    [InlineData("x-uuencode", "QUJD")]
    [InlineData("base64, base64", "QUJD")]
    public async Task What_is_not_written_as_it_says_is_named(string coding, string sent)
    {
        var answer = await Send(
            "ticket.opened",
            """{"title":"t","description":"d","files":[{"name":"b.txt","content":"QUJD"},{"name":"a.txt"}]}""",
            Coded(coding, sent)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var flaw = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)flaw["field"]!).ShouldBe("/data/files/1/content");
        ((string)flaw["what"]!).ShouldContain("Content-Transfer-Encoding");
    }

    [Theory]
    [InlineData("base64", HttpStatusCode.Accepted)]
    [InlineData("x-uuencode", HttpStatusCode.BadRequest)]
    public async Task The_event_may_be_written_so_too(string coding, HttpStatusCode status)
    {
        var answer = await PostCoded(coding, Convert.ToBase64String(GenericTests.Event("ticket.opened", Opened)));

        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        if (status is HttpStatusCode.Accepted)
            (await Files()).ShouldBe([("a.txt", "A")]);
    }

    [Fact]
    public async Task But_an_event_of_more_than_a_mebibyte_is_too_big_however_it_is_written() =>
        (await PostCoded("quoted-printable", new string(' ', RawPost.MostBytes) + "x")).StatusCode.ShouldBe(
            HttpStatusCode.RequestEntityTooLarge
        );

    [Theory]
    [InlineData("filename=\"a.txt\"; filename*=iso-8859-1''caf%E9.txt", "café.txt")]
    [InlineData("filename=\"a.txt\"; filename*=ISO-8859-1'fr'caf%E9.txt", "café.txt")]
    [InlineData("filename*=\"utf-8''caf%C3%A9.txt\"; filename=a.txt", "café.txt")]
    [InlineData("filename=\"a.txt\"; filename*=UTF-8''50%2522.txt", "50%22.txt")]
    [InlineData("filename=\"a.txt\"; filename*=klingon''caf%E9.txt", "a.txt")]
    [InlineData("filename=\"a.txt\"; filename*=utf-7''caf.txt", "a.txt")]
    [InlineData("filename=\"a.txt\"; filename*=utf-8''caf%E9.txt", "a.txt")]
    [InlineData("filename=\"a.txt\"; filename*=utf-8''caf%zz.txt", "a.txt")]
    [InlineData("filename=\"a.txt\"; filename*=utf-8''caf%C", "a.txt")]
    [InlineData("filename=\"a.txt\"; filename*=utf-8''", "a.txt")]
    [InlineData("filename=\"a.txt\"; filename*=cafe", "a.txt")]
    [InlineData("filename*=klingon''caf%E9.txt", "caf%E9.txt")]
    [InlineData("filename*=cafe.txt", "cafe.txt")]
    [InlineData("filename=\"C:\\temp\\a.txt\"", "a.txt")]
    [InlineData("filename=\"C:\\\\temp\\\\a.txt\"", "a.txt")]
    [InlineData("filename=\"\\\\srv\\temp\\a.txt\"", "a.txt")]
    [InlineData("filename=\"C:\\temp\\le \\\"a\\\".txt\"", "le \"a\".txt")]
    public async Task A_name_is_read_as_it_is_meant(string filename, string meant)
    {
        await Taken(
            "ticket.opened",
            new JsonObject
            {
                ["title"] = "t",
                ["description"] = "d",
                ["files"] = new JsonArray(new JsonObject { ["name"] = meant }),
            }.ToJsonString(),
            ($"Content-Disposition: form-data; name=\"f\"; {filename}", "Q")
        );

        (await Files()).ShouldBe([(meant, "Q")]);
    }

    static (string Header, string Bytes) Coded(string coding, string bytes) =>
        ($"Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Transfer-Encoding: {coding}", bytes);

    Task<HttpResponseMessage> PostCoded(string coding, string said) =>
        Post(
            Body(
                ($"Content-Disposition: form-data; name=\"event\"\r\nContent-Transfer-Encoding: {coding}", said),
                Part("a.txt", "A")
            ),
            "multipart/form-data; boundary=bb"
        );
}
