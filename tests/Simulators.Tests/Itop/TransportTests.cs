using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class TransportTests
{
    private const string List = """{"operation":"list_operations"}""";

    [Fact]
    public async Task The_health_page_needs_no_login()
    {
        await using var itop = await RunningItop.Start();
        (await itop.Http.GetStringAsync("/webservices/status.php")).ShouldBe("""{"status":"RUNNING","code":0,"message":""}""");
    }

    [Fact]
    public async Task A_multipart_form_and_a_file_part_are_read()
    {
        await using var itop = await RunningItop.Start();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("1.3"), "version" },
            { new StringContent("connecteur"), "auth_user" },
            { new StringContent("Connecteur-2026!"), "auth_pwd" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(List)), "json_data", "data.json" },
        };
        (await Code(await itop.Http.PostAsync("/webservices/rest.php", form))).ShouldBe(0);
    }

    [Fact]
    public async Task A_json_body_is_not_read()
    {
        await using var itop = await RunningItop.Start();
        (await Code(await itop.Http.PostAsJsonAsync("/webservices/rest.php", new { operation = "list_operations" }))).ShouldBe(3);
    }

    [Fact]
    public async Task A_password_with_a_colon_works_in_the_form_and_fails_by_Basic()
    {
        await using var itop = await RunningItop.Start();
        (await Code(await Colon(itop, form: true))).ShouldBe(0);
        (await Code(await Colon(itop, form: false))).ShouldBe(1);
    }

    [Fact]
    public async Task A_get_with_Basic_reads()
    {
        await using var itop = await RunningItop.Start();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/webservices/rest.php?version=1.3&json_data={Uri.EscapeDataString(List)}"
        );
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("connecteur:Connecteur-2026!"u8));
        (await Code(await itop.Http.SendAsync(request))).ShouldBe(0);
    }

    [Fact]
    public async Task A_duplicate_member_counts_the_last_time()
    {
        await using var itop = await RunningItop.Start();
        var response = await RunningItop.Post(itop.Http, """{"operation":"core/nope","operation":"list_operations"}""");
        (await Code(response)).ShouldBe(0);
    }

    [Fact]
    public async Task A_form_over_40_megabytes_is_refused_by_the_web_server()
    {
        await using var itop = await RunningItop.Start();
        var response = await RunningItop.Post(itop.Http, new string('x', 41 * 1024 * 1024));
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task A_file_of_ten_megabytes_goes_in_and_comes_back()
    {
        await using var itop = await RunningItop.Start();
        var data = Convert.ToBase64String(new byte[10 * 1024 * 1024]);
        var fields = new
        {
            item_class = "UserRequest",
            item_id = 1,
            contents = new
            {
                data,
                filename = "gros.bin",
                mimetype = "application/octet-stream",
            },
        };
        await itop.Call(new { operation = "core/create", comment = "", @class = "Attachment", fields, output_fields = "id" });

        var read = await itop.Get(1, "contents", "Attachment");
        RunningItop.Fields(read)["contents"]!["data"]!.ToString().ShouldBe(data);
    }

    private static async Task<int> Code(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!.GetValue<int>();

    private static Task<HttpResponseMessage> Colon(RunningItop itop, bool form)
    {
        var fields = new Dictionary<string, string> { ["version"] = "1.3", ["json_data"] = List };
        var request = new HttpRequestMessage(HttpMethod.Post, "/webservices/rest.php");
        if (form)
        {
            fields["auth_user"] = "colon";
            fields["auth_pwd"] = "Colon:2026!";
        }
        else
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String("colon:Colon:2026!"u8));
        }
        request.Content = new FormUrlEncodedContent(fields);
        return itop.Http.SendAsync(request);
    }
}
