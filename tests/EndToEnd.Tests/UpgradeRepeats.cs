using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;
using GroupTicketing.Prove;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// What an earlier release took is known to this one by the same names: what it sent and did not note, its first polls,
/// every event sent again, and a reading of both sides tell nothing and write nothing a second time.
/// </summary>
public sealed class UpgradeRepeats
{
    /// <summary>It was on its way into iTop when the earlier release was killed.</summary>
    const string UnderWay = "3";

    [Theory]
    [MemberData(nameof(Upgrade.Releases), MemberType = typeof(Upgrade))]
    public async Task Nothing_is_told_or_written_twice_after_the_upgrade(string release)
    {
        Assert.SkipUnless(Engines.OfThisRun() is null, "the data kept is the embedded store's");
        await using var machines = await Machines.Start(
            new Setup { From = Path.Combine(Upgrade.Fixtures, release), WithProduct = false }
        );
        Unnoted(machines).ShouldBeGreaterThan(20);
        var (itop, school) = (LedgerTail.OfItop(machines), LedgerTail.Of(machines.Schools[0]));
        var before = (Itop: itop.New(), School: school.New());
        await machines.StartProduct();
        await machines.Told(UnderWay, "group.referenced");
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));

        using var people = new Operator(machines);
        await people.Once();
        await SendAgain(machines);
        await Task.Delay(SecondLook.After + TimeSpan.FromSeconds(2));
        var found = await people.Once();
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));

        before.Itop.ShouldNotBeEmpty();
        itop.New()
            .Where(line => Ledgers.NumberOf(line) != UnderWay)
            .Select(line => line.ToString())
            .ShouldBeEmpty("written into iTop again");
        school
            .New()
            .Where(line => Text(line, "dir") == "told" && Text(line, "ticket") != UnderWay)
            .Select(line => line.ToString())
            .ShouldBeEmpty("told again");
        found.ShouldAllBe(side => side.Fault == null && side.Repaired == 0);
        Upgrade.EachIsOpenedOnce(machines);
    }

    // As a kill leaves it: the last message of each stream was sent, and that it was is not noted.
    static int Unnoted(Machines machines)
    {
        using var store = new SqliteConnection($"Data Source={machines.StoreFile};Pooling=False");
        store.Open();
        var documents = new List<(string Key, JsonObject Body)>();
        using (var read = store.CreateCommand())
        {
            read.CommandText = "SELECT key, body FROM documents";
            using var row = read.ExecuteReader();
            while (row.Read())
                documents.Add((row.GetString(0), JsonNode.Parse((byte[])row[1])!.AsObject()));
        }
        var count = 0;
        foreach (var (key, body) in documents)
        {
            using var write = store.CreateCommand();
            foreach (var (stream, spoken) in body["spoken"]?.AsObject() ?? [])
            {
                spoken!["paid"]!["number"] = spoken["last"]!["number"]!.GetValue<long>() - 1;
                write.CommandText += $"INSERT OR IGNORE INTO owed VALUES ('{key}', '{stream}', 'bus', 0, 0, 1);";
                count++;
            }
            write.CommandText += "UPDATE documents SET body = $body WHERE key = $key";
            write.Parameters.AddWithValue("$body", Json.Write(body));
            write.Parameters.AddWithValue("$key", key);
            write.ExecuteNonQuery();
        }
        return count;
    }

    // As a tool does that forgot what it had sent: the same events, each delivery new.
    static async Task SendAgain(Machines machines)
    {
        var url = new Uri(machines.Product, $"v1/schools/{SchoolTool.First}/events");
        var said = File.ReadLines(Path.Combine(machines.Schools[0].Folder, "school.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("said", out var one) && one.ValueKind is JsonValueKind.Object)
            .Select(line => line.GetProperty("said"))
            .ToList();
        foreach (var (index, one) in said.Index())
        {
            var (id, now, body) = ($"again-{index}", DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(one.GetRawText()));
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            request.Headers.TryAddWithoutValidation("webhook-id", id);
            request.Headers.TryAddWithoutValidation("webhook-timestamp", StandardWebhooks.Seconds(now));
            request.Headers.TryAddWithoutValidation(
                "webhook-signature",
                StandardWebhooks.Sign([machines.Schools[0].Secret], id, now, body)
            );
            using var answer = await machines.Http.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(202, await answer.Content.ReadAsStringAsync());
        }
    }

    static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
