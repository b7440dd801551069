using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Benchmarks.Gateway;

namespace GroupTicketing.Benchmarks.Cost;

/// <summary>What a ticket costs, from post to callback: CPU of the process, calls to iTop, and the time against one direct create and one direct callback.</summary>
static class Cost
{
    const int Tickets = 2_000;
    const int WarmUp = 1_000;
    const int Timed = 60;
    const int Posted = 300;

    public static async Task<int> Run()
    {
        var started = Stopwatch.GetTimestamp();
        await using var machines = await Machines.Start(new Setup { Latency = 50 });
        System.Console.WriteLine($"start to ready          {machines.ProductStart.TotalSeconds:0.00} s");
        await Task.Delay(3_000);
        System.Console.WriteLine($"resident when idle      {machines.ProductIds.Sum(Proc.ResidentMiB)} MiB");
        await Open(machines, 1, WarmUp);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(1));
        await Task.Delay(5_000);

        (await machines.Http.PostAsync(new Uri(machines.Itop, "sim/calls/reset"), null)).EnsureSuccessStatusCode();
        var (cpu, began) = (machines.ProductIds.Sum(Proc.CpuMs), Stopwatch.GetTimestamp());
        await Open(machines, 1_001, Tickets);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(5));
        var spent = machines.ProductIds.Sum(Proc.CpuMs) - cpu;
        System.Console.WriteLine($"cpu                     {(double)spent / Tickets:0.00} ms per ticket ({Tickets} in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s)");
        await Calls(machines);
        System.Console.WriteLine($"resident after          {machines.ProductIds.Sum(Proc.ResidentMiB)} MiB");
        if (machines.StoredBytes is { } bytes)
            System.Console.WriteLine($"stored                  {bytes / (WarmUp + Tickets) / 1024.0:0.0} KiB per ticket");
        await Answers(machines);
        await Times(machines);
        System.Console.WriteLine($"took                    {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        return 0;
    }

    static Task Open(Machines machines, int first, int count) =>
        Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, ct) =>
            (await machines.Http.PostAsync(new Uri(machines.School, "sim/tickets"), Body.Of(Body.Ticket($"{number}")), ct)).EnsureSuccessStatusCode());

    static async Task Calls(Machines machines)
    {
        var calls = JsonNode.Parse(await machines.Http.GetStringAsync(new Uri(machines.Itop, "sim/calls")))!;
        foreach (var (name, count) in calls["operations"]!.AsObject().Concat(calls["classes"]!.AsObject()).OrderBy(call => call.Key))
            System.Console.WriteLine($"iTop calls              {name}: {count} ({(double)count!.GetValue<int>() / Tickets:0.000} per ticket)");
    }

    /// <summary>How long the intake takes to answer a signed post, one at a time: it is on disk by then.</summary>
    static async Task Answers(Machines machines)
    {
        using var sender = new Sender(machines.Product);
        var took = await sender.Send(Posted, 1);
        Array.Sort(took);
        System.Console.WriteLine($"intake's answer         p50 {took[Posted / 2]:0.0} ms, p99 {took[Posted * 99 / 100]:0.0} ms ({Posted} posts, one at a time)");
    }

    /// <summary>One ticket at a time: its first callback, against a create and a callback made directly.</summary>
    static async Task Times(Machines machines)
    {
        var (ours, direct) = (new List<double>(), new List<double>());
        for (var round = 0; round < Timed; round++)
        {
            ours.Add(await Through(machines, $"{90_000 + round}"));
            direct.Add(await Direct(machines));
        }
        var (a, b) = (Median(ours), Median(direct));
        System.Console.WriteLine($"post to callback        {a:0.0} ms, direct create + callback {b:0.0} ms, ratio {a / b:0.00} (medians of {Timed}, interleaved)");
    }

    static async Task<double> Through(Machines machines, string number)
    {
        var began = DateTimeOffset.UtcNow;
        (await machines.Http.PostAsync(new Uri(machines.School, "sim/tickets"), Body.Of(Body.Ticket(number)))).EnsureSuccessStatusCode();
        for (var looks = 0; looks < 500; looks++)
        {
            var shown = JsonDocument.Parse(await machines.Http.GetStringAsync(new Uri(machines.School, $"sim/tickets/{number}"))).RootElement;
            foreach (var told in shown.GetProperty("told").EnumerateArray())
            {
                if (told.GetProperty("type").GetString() == "group.referenced")
                    return (told.GetProperty("at").GetDateTimeOffset() - began).TotalMilliseconds;
            }
            await Task.Delay(10);
        }
        throw new TimeoutException($"ticket {number} was not told");
    }

    static async Task<double> Direct(Machines machines)
    {
        var began = Stopwatch.GetTimestamp();
        var fields = new JsonObject { ["org_id"] = "3", ["title"] = "direct", ["description"] = "direct" };
        var operation = new JsonObject { ["operation"] = "core/create", ["class"] = "UserRequest", ["comment"] = "direct", ["fields"] = fields, ["output_fields"] = "id,ref" };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["version"] = "1.3", ["auth_user"] = "connecteur", ["auth_pwd"] = "demo-connecteur", ["json_data"] = operation.ToJsonString(),
        });
        (await machines.Http.PostAsync(new Uri(machines.Itop, "webservices/rest.php"), form)).EnsureSuccessStatusCode();
        using var callback = new HttpRequestMessage(HttpMethod.Post, new Uri(machines.School, "callbacks")) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        callback.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await machines.Http.SendAsync(callback);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}

/// <summary>What the kernel accounts to a process.</summary>
static class Proc
{
    const long TicksPerSecond = 100;

    /// <summary>User and system time.</summary>
    public static long CpuMs(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * 1_000 / TicksPerSecond;
    }

    public static int ResidentMiB(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(one => one.StartsWith("VmRSS", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
