using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>An iTop with the optional module beside a stock one, in the words recorded of a real iTop 3.2.0 that had
/// such an attribute and rule.</summary>
public sealed class ModuleTests : IAsyncLifetime
{
    private const string French = "La règle d'unicité 'external_ref' renvoie une erreur",
        English = "Uniqueness rule 'external_ref' in error";

    private RunningItop _itop = null!;

    public async ValueTask InitializeAsync() => _itop = await RunningItop.Start(module: true);

    public ValueTask DisposeAsync() => _itop.DisposeAsync();

    [Fact]
    public async Task A_stock_iTop_does_not_know_the_attribute_though_one_with_the_module_runs_beside_it()
    {
        await using var stock = await RunningItop.Start();

        Message(await stock.Get("SELECT UserRequest WHERE id = 0", "id,external_ref"))
            .ShouldBe("Error: output_fields: invalid attribute code 'external_ref'");
        Message(await stock.Create(Keyed("k"), "id")).ShouldBe("Error: external_ref: Unknown attribute");
        Message(await stock.Get("SELECT UserRequest WHERE external_ref = 'k'", "id")).ShouldContain("external_ref");
        ((int)(await _itop.Get("SELECT UserRequest WHERE id = 0", "id,external_ref"))["code"]!).ShouldBe(0);
    }

    [Fact]
    public async Task It_is_written_read_and_searched()
    {
        var made = RunningItop.Fields(await _itop.Create(Keyed("LYON/2026-1"), "id,external_ref"));

        ((string)made["external_ref"]!).ShouldBe("LYON/2026-1");
        RunningItop.Fields(await _itop.Get(new { external_ref = "LYON/2026-1" }, "id"))["id"]!
            .ToString()
            .ShouldBe(made["id"]!.ToString());
        RunningItop.Fields(await _itop.Get("SELECT UserRequest WHERE external_ref != ''", "id"))["id"]!
            .ToString()
            .ShouldBe(made["id"]!.ToString());
        ((string)RunningItop.Fields(await _itop.Get(await _itop.NewTicket(), "external_ref"))["external_ref"]!).ShouldBe("");
    }

    [Theory]
    [InlineData("connecteur", French)]
    [InlineData("english", English)]
    public async Task A_second_one_of_a_key_is_refused_in_the_account_s_language(string user, string issue)
    {
        await _itop.Create(Keyed("k"), "id");

        var refused = await _itop.Call(
            new
            {
                operation = "core/create",
                comment = "test",
                @class = "UserRequest",
                fields = Keyed("K"),
                output_fields = "id",
            },
            user
        );

        ((int)refused["code"]!, Message(refused)).ShouldBe(
            (100, $"Error: {issue}: issues = {{0=>{issue}}}, class = UserRequest, id = -1")
        );
    }

    [Fact]
    public async Task A_change_to_another_s_key_is_refused_and_a_request_without_one_is_free()
    {
        await _itop.Create(Keyed("k"), "id");
        var (one, other) = (await _itop.NewTicket(), await _itop.NewTicket());

        Message(await _itop.Update(one, new { external_ref = "k" }, "id")).ShouldContain(French);
        ((int)(await _itop.Update(other, new { external_ref = "l" }, "id"))["code"]!).ShouldBe(0);
        ((int)(await _itop.Update(other, new { external_ref = "l", title = "T2" }, "id"))["code"]!).ShouldBe(
            0,
            "its own key is no other's"
        );
    }

    [Fact]
    public async Task Parallel_creations_may_pass_the_rule_as_observed()
    {
        await _itop.Fault(new { latencyMs = 100 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _itop.Create(Keyed("k"), "id")));

        answers.Count(answer => (int)answer["code"]! == 0).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task With_its_index_one_of_parallel_creations_stays_and_the_others_hear_the_database_s_number()
    {
        await _itop.Http.PostAsync("/sim/module/true?isIndexed=true", null);
        await _itop.Fault(new { latencyMs = 100 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _itop.Create(Keyed("k"), "id")));

        answers.Select(answer => (int)answer["code"]!).Order().ShouldBe([0, 1062, 1062, 1062, 1062, 1062]);
        Message(answers.First(answer => (int)answer["code"]! != 0))
            .ShouldEndWith("mysql_errno = 1062, mysql_error = Duplicate entry 'k' for key 'groupticketing_key_unique'");
        (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _itop.Create(Keyed(""), "id")))).ShouldAllBe(answer =>
            (int)answer["code"]! == 0
        );
    }

    [Fact]
    public async Task It_comes_and_goes()
    {
        await _itop.Create(Keyed("k"), "id");
        await _itop.Http.PostAsync("/sim/module/false", null);
        Message(await _itop.Get("SELECT UserRequest", "external_ref")).ShouldContain("invalid attribute code");

        await _itop.Http.PostAsync("/sim/module/true", null);

        ((string)RunningItop.Fields(await _itop.Get("SELECT UserRequest", "external_ref"))["external_ref"]!).ShouldBe("k");
    }

    private static object Keyed(string key) =>
        new
        {
            org_id = new { name = "INSA Lyon" },
            title = "T",
            description = "D",
            external_ref = key,
        };

    private static string Message(JsonObject answer) => (string?)answer["message"] ?? "";
}
