using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>What an account's profiles and organisations let it do.</summary>
public sealed class RightsTests
{
    [Fact]
    public async Task An_account_of_one_organisation_sees_nothing_of_the_others()
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");
        var lyon = await Create(itop, "connecteur", 3);
        var toulouse = await Create(itop, "connecteur", 4);

        (await Get(itop, "SELECT UserRequest"))["message"]!.ToString().ShouldBe("Found: 1");
        (await Get(itop, lyon))["message"]!.ToString().ShouldBe("Found: 1");
        (await Get(itop, toulouse))["message"]!.ToString().ShouldBe("Found: 0");
        (
            await Call(
                itop,
                "lyononly",
                new
                {
                    operation = "core/update",
                    comment = "",
                    @class = "UserRequest",
                    key = toulouse,
                    fields = new { title = "X" },
                }
            )
        )["message"]!.ToString().ShouldBe($"Error: Invalid object UserRequest::{toulouse}");
    }

    [Theory]
    [InlineData("restonly", 1, "The current user does not have enough permissions for reading data of class Person")]
    [InlineData("norest", 1, "Error: This user is not authorized to use the web services.")]
    [InlineData("portalrest", 1, "Error: Portal user is not allowed")]
    [InlineData("connecteur", 0, "Found: 1")]
    public async Task Profiles_decide_what_may_be_read(string account, int code, string message)
    {
        await using var itop = await RunningItop.Start("recordings/seed.json");

        var answer = await Call(itop, account, new { operation = "core/get", @class = "Person", key = 5, output_fields = "id" });

        ((int)answer["code"]!).ShouldBe(code);
        answer["message"]!.ToString().ShouldStartWith(message);
    }

    private static Task<JsonObject> Get(RunningItop itop, string key) =>
        Call(itop, "lyononly", new { operation = "core/get", @class = "UserRequest", key, output_fields = "id" });

    private static async Task<string> Create(RunningItop itop, string account, int org) =>
        RunningItop.Fields(
            await Call(
                itop,
                account,
                new
                {
                    operation = "core/create",
                    comment = "",
                    @class = "UserRequest",
                    fields = new
                    {
                        org_id = org,
                        title = "T",
                        description = "D",
                    },
                    output_fields = "id",
                }
            )
        )["id"]!.ToString();

    private static async Task<JsonObject> Call(RunningItop itop, string account, object json)
    {
        var form = new Dictionary<string, string>
        {
            ["version"] = "1.3",
            ["json_data"] = System.Text.Json.JsonSerializer.Serialize(json),
            ["auth_user"] = account,
            ["auth_pwd"] = "Connecteur-2026!",
        };
        using var response = await itop.Http.PostAsync("/webservices/rest.php", new FormUrlEncodedContent(form));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}
