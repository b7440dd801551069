using System.Text.Json.Nodes;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// What a later release left: documents with a higher schema, and members this release does not know wherever it writes
/// any, also in what it said and had not sent yet. After a rollback, or
/// beside that release, this one goes on with them and loses none.
/// </summary>
public sealed class LaterRelease : IDisposable
{
    const string Member = "ofALaterRelease";

    readonly string folder = Directory.CreateTempSubdirectory("later-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Upgrade.Releases), MemberType = typeof(Upgrade))]
    public async Task Tickets_a_later_release_wrote_live_on_and_keep_its_members(string release)
    {
        Assert.SkipUnless(Engines.OfThisRun() is null, "the data kept is the embedded store's");
        var written = await Written(Path.Combine(AppContext.BaseDirectory, "fixtures", release));

        await using var machines = await Machines.Start(new Setup { From = folder });
        await Upgrade.LivesOn(machines);

        var documents = Documents(Path.Combine(machines.Folder, "product", PlatformSetup.StoreName)).ToList();
        var kept = documents.Where(one => written.Contains(one.Key)).ToList();
        kept.Select(one => one.Key.Split('/')[0])
            .Distinct()
            .ShouldBe(["intake", "routing", "itop", "notification", "portal"], ignoreOrder: true);
        kept.Where(one => one.Body[Member] is null || one.Body["state"]![Member] is null)
            .Select(one => one.Key)
            .ShouldBeEmpty("it lost what a later release wrote");
        kept.ShouldAllBe(one => one.Body["schema"]!.GetValue<int>() == 99);
        // Ticket 3 was said by the later release and heard by this one.
        var heard = documents.Single(one => one.Key.StartsWith("routing/") && !written.Contains(one.Key)).Body;
        heard["state"]!["opened"]![Member]!.GetValue<string>().ShouldBe("calme");
    }

    // The keys of what the later release wrote.
    async Task<IReadOnlyList<string>> Written(string fixture)
    {
        Folders.Copy(fixture, folder);
        var store = Path.Combine(folder, "product", PlatformSetup.StoreName);
        // Brought into today's form first, as a later release would have found it.
        await new SqliteStore(store).DisposeAsync();
        var documents = Documents(store).ToList();
        foreach (var (key, body) in documents)
        {
            FormerNames.Replace(body);
            body["schema"] = 99;
            Mark(body);
            Execute(
                store,
                "UPDATE documents SET body = $body WHERE key = $key",
                ("$key", key),
                ("$body", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()))
            );
        }
        return [.. documents.Select(one => one.Key)];
    }

    // Wherever we write an object of fixed members; in a list of a state alone they are not kept (CONTRIBUTING.md).
    static void Mark(JsonObject body)
    {
        body[Member] = "calme";
        if (body["state"] is JsonObject state)
            state[Member] = new JsonObject { ["é"] = 1 };
        foreach (var (_, spoken) in body["streams"] as JsonObject ?? [])
        {
            foreach (var said in spoken!["messages"]!.AsArray())
                said!["body"]![Member] = "calme";
        }
    }

    static IEnumerable<(string Key, JsonObject Body)> Documents(string file)
    {
        using var store = new SqliteConnection($"Data Source={file};Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = "SELECT key, body FROM documents";
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return (rows.GetString(0), JsonNode.Parse((byte[])rows[1])!.AsObject());
    }

    static void Execute(string file, string sql, params (string Name, object Value)[] values)
    {
        using var store = new SqliteConnection($"Data Source={file};Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery().ShouldBe(1);
    }
}
