using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Tests.Simulators;

/// <summary>What the observed iTop does wrong, the simulated one does too: a connector that survives it here survives it there.</summary>
public class Wrongs
{
    [Fact]
    public async Task Parallel_entries_on_one_ticket_are_lost_though_each_is_answered_as_done()
    {
        await using var itop = await Itop.Start(latency: TimeSpan.FromMilliseconds(50));
        var id = Id(await itop.Create("Course"));

        var answers = await Task.WhenAll(Enumerable.Range(1, 24).Select(number => itop.Call(Entry(id, $"entrée {number}"))));

        answers.ShouldAllBe(answer => answer["code"]!.GetValue<int>() == 0);
        (await Entries(itop, id)).ShouldBeInRange(1, 23);
    }

    [Fact]
    public async Task Entries_one_after_the_other_are_all_kept()
    {
        await using var itop = await Itop.Start();
        var id = Id(await itop.Create("Calme"));

        for (var number = 1; number <= 24; number++)
            await itop.Call(Entry(id, $"entrée {number}"));

        (await Entries(itop, id)).ShouldBe(24);
    }

    [Fact]
    public async Task A_create_is_done_though_its_client_has_left()
    {
        await using var itop = await Itop.Start(latency: TimeSpan.FromMilliseconds(400));
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));

        await Should.ThrowAsync<OperationCanceledException>(() => itop.Post(Form("Abandonné"), impatient.Token));

        (await FoundWithin(itop, "Abandonné")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_late_commit_breaks_the_connection_and_appears_afterwards()
    {
        await using var itop = await Itop.Start();
        await itop.Fault(new { createCommitLateMs = new { min = 300, max = 400 }, createCommitLateShare = 1.0 });

        await Should.ThrowAsync<HttpRequestException>(() => itop.Post(Form("En retard")));

        (await Found(itop, "En retard")).ShouldBeFalse();
        (await FoundWithin(itop, "En retard")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_dropped_answer_has_its_effect()
    {
        await using var itop = await Itop.Start();
        await itop.Fault(new { dropAnswerShare = 1.0 });

        await Should.ThrowAsync<HttpRequestException>(() => itop.Post(Form("Sans réponse")));
        await itop.Fault(new { });

        (await Found(itop, "Sans réponse")).ShouldBeTrue();
    }

    [Fact]
    public async Task Maintenance_an_error_page_and_read_only_look_as_observed()
    {
        await using var itop = await Itop.Start();
        await itop.Fault(new { maintenance = true, times = 1 });
        using (var closed = await itop.Http.PostAsync("/webservices/rest.php", new FormUrlEncodedContent(Form("x"))))
        {
            ((int)closed.StatusCode).ShouldBe(503);
            (await closed.Content.ReadAsStringAsync()).ShouldContain("under maintenance");
        }
        await itop.Fault(new { http500Share = 1.0 });
        using (var broken = await itop.Http.PostAsync("/webservices/rest.php", new FormUrlEncodedContent(Form("x"))))
        {
            ((int)broken.StatusCode).ShouldBe(500);
            broken.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        }
        await itop.Fault(new { readOnly = true });
        (await itop.Post(Form("x")))["code"]!.GetValue<int>().ShouldBe(1);

        await itop.Fault(new { });
        (await itop.Post(Form("Revenu")))["code"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_restart_keeps_tickets_files_and_the_next_reference()
    {
        var folder = Directory.CreateTempSubdirectory("itop").FullName;
        JsonNode before;
        string[] ledger;
        await using (var itop = await Itop.Start(folder))
        {
            var id = Id(await itop.Create("Durable"));
            await itop.Call(Entry(id, "gardée"));
            before = await itop.Get(id);
            ledger = await itop.Ledger();
        }
        await using var again = await Itop.Start(folder);

        (await again.Get(int.Parse(Itop.Only(before)["key"]!.GetValue<string>()))).ToJsonString().ShouldBe(before.ToJsonString());
        (await again.Ledger()).ShouldBe(ledger);
        Itop.Only(await again.Create("Suivant"))["fields"]!["ref"]!.GetValue<string>()
            .ShouldNotBe(Itop.Only(before)["fields"]!["ref"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_ledger_has_one_line_for_each_write()
    {
        await using var itop = await Itop.Start();
        var id = Id(await itop.Create("Compté"));
        await itop.Call(Entry(id, "une fois"));
        await itop.Get(id);

        var lines = (await itop.Ledger()).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        lines.Select(line => line.GetProperty("op").GetString()).ShouldBe(["create", "update"]);
        lines[1].GetProperty("entry").GetString().ShouldBe("une fois");
        lines[1].GetProperty("login").GetString().ShouldBe("connecteur");
    }

    static int Id(JsonNode answer) => int.Parse(Itop.Only(answer)["key"]!.GetValue<string>());

    static JsonObject Entry(int id, string text) =>
        Itop.Operation("core/update", "UserRequest", id, new JsonObject { ["public_log"] = new JsonObject { ["add_item"] = new JsonObject { ["message"] = text } } });

    static Dictionary<string, string> Form(string title) => new()
    {
        ["version"] = "1.3",
        ["auth_user"] = "connecteur",
        ["auth_pwd"] = "demo-connecteur",
        ["json_data"] = Itop.Operation("core/create", "UserRequest", fields: new JsonObject { ["org_id"] = 2, ["title"] = title, ["description"] = "D" }).ToJsonString(),
    };

    static async Task<int> Entries(Itop itop, int id) => Itop.Only(await itop.Get(id, "public_log"))["fields"]!["public_log"]!["entries"]!.AsArray().Count;

    static async Task<bool> Found(Itop itop, string title) =>
        (await itop.Get($"SELECT UserRequest WHERE title = '{title}'"))["message"]!.GetValue<string>() == "Found: 1";

    static async Task<bool> FoundWithin(Itop itop, string title)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            if (await Found(itop, title))
                return true;
            await Task.Delay(50);
        }
        return false;
    }
}
