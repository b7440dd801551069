using System.Diagnostics;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("itop-").FullName;

    private string LedgerFile => Path.Combine(_folder, "itop-ledger.jsonl");

    private string StateFile => Path.Combine(_folder, "itop.jsonl");

    [Fact]
    public async Task A_restart_keeps_tickets_logs_files_counter_and_ledger()
    {
        await using (var itop = await RunningItop.Start(folder: _folder))
        {
            var id = await itop.NewTicket("Avant");
            await itop.Update(id, new { public_log = "dit avant" });
            await itop.Stimulus(id, "ev_assign", new { agent_id = 2 });
            var fields = new
            {
                item_class = "UserRequest",
                item_id = id,
                contents = new
                {
                    data = "eA==",
                    filename = "é.txt",
                    mimetype = "text/plain",
                },
            };
            await itop.Call(new { operation = "core/create", comment = "", @class = "Attachment", fields });
        }
        await using var again = await RunningItop.Start(folder: _folder);

        var ticket = await again.Get("1");
        RunningItop.Fields(ticket)["agent_id_friendlyname"]!.ToString().ShouldBe("Alice Agent");
        RunningItop.Fields(ticket)["tto"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(0);
        RunningItop.PublicLog(ticket).Single()!["message"]!.ToString().ShouldBe("dit avant");
        RunningItop.Fields(await again.Get(1, "contents", "Attachment"))["contents"]!["filename"]!.ToString().ShouldBe("é.txt");
        RunningItop.Fields(
            await again.Create(
                new
                {
                    org_id = 2,
                    title = "Après",
                    description = "D",
                }
            )
        )["ref"]!.ToString().ShouldBe("R-000002");
        (await again.Ledger()).Select(l => (int)l["n"]!).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task State_that_exists_wins_over_the_seed()
    {
        await using (await RunningItop.Start(folder: _folder))
        {
        }
        var lines = File.ReadAllLines(StateFile).Length;
        await using (var again = await RunningItop.Start("recordings/seed-fresh.json", folder: _folder))
            (await again.Get("SELECT Organization WHERE name LIKE 'My Company%'", "id", "Organization"))["message"]!
                .ToString()
                .ShouldBe("Found: 0");
        File.ReadAllLines(StateFile).Length.ShouldBe(lines);
    }

    [Fact]
    public async Task What_was_deleted_stays_deleted()
    {
        await using (var itop = await RunningItop.Start(folder: _folder))
        {
            var id = await itop.NewTicket();
            await itop.Call(new { operation = "core/delete", comment = "", @class = "UserRequest", key = id }, "admin");
        }
        await using var again = await RunningItop.Start(folder: _folder);
        (await again.Get("1"))["message"]!.ToString().ShouldBe("Found: 0");
        (await again.NewTicket()).ShouldBe("2");
    }

    [Fact]
    public async Task A_line_cut_short_is_dropped_and_the_ledger_caught_up()
    {
        await using (var itop = await RunningItop.Start(folder: _folder))
        {
            await itop.NewTicket();
            await itop.NewTicket();
        }
        File.WriteAllLines(LedgerFile, File.ReadAllLines(LedgerFile).Take(1));
        File.AppendAllText(StateFile, """{"class":"UserReq""");

        await using var again = await RunningItop.Start(folder: _folder);
        (await again.Ledger()).Select(l => l["id"]!.ToString()).ShouldBe(["1", "2"]);
        await again.NewTicket();
        (await again.Ledger()).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_kill_loses_nothing_that_was_answered()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "GroupTicketing.Simulators.dll");
        var seed = Path.Combine(AppContext.BaseDirectory, "seed.json");
        var port = Ports.Free();
        string[] arguments =
        [
            program,
            "itop",
            "--urls",
            $"http://127.0.0.1:{port}",
            "--data",
            _folder,
            "--seed",
            seed,
            "--latency",
            "0",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var answered = 0;
        try
        {
            await Until(http);
            for (; answered < 20; answered++)
            {
                var answer = await RunningItop.Post(http, Create(answered));
                answer.EnsureSuccessStatusCode();
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        await using var again = await RunningItop.Start(folder: _folder);
        (await again.Get("SELECT UserRequest", "id"))["message"]!.ToString().ShouldBe($"Found: {answered}");
        (await again.Ledger()).Length.ShouldBe(answered);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Create(int n) =>
        """{"operation":"core/create","comment":"","class":"UserRequest","fields":"""
        + $$$"""{"org_id":2,"title":"T{{{n}}}","description":"D"}}""";

    private static async Task Until(HttpClient http)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await http.GetStringAsync("/webservices/status.php");
                return;
            }
            catch (HttpRequestException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }
}
