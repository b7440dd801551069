using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;

namespace GroupTicketing.Tests;

/// <summary>RabbitMQ and MongoDB for the distributed form of the journeys, as the environment names them (test.sh
/// starts them).</summary>
/// <param name="Bus">RabbitMQ's address, without a virtual host.</param>
/// <param name="Admin">Its management API.</param>
/// <param name="Mongo">MongoDB's address, without a database.</param>
public sealed record Engines(Uri Bus, Uri Admin, string User, string Password, string Mongo)
{
    readonly Dictionary<string, MongoStore> stores = [];

    /// <summary>Null: the journeys run embedded.</summary>
    public static Engines? OfThisRun() => Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_BUS") is { Length: > 0 } bus
        ? new Engines(new Uri(bus), new Uri(Named("BUS_ADMIN")), Named("BUS_USER"), Named("BUS_PASSWORD"), Named("STORE"))
        : null;

    /// <summary>A virtual host of the test's own, as its database is, begun as an operator begins it.</summary>
    public async Task Prepare(HttpClient http, string folder)
    {
        await MakeVirtualHost(http, folder);
        await MongoStore.Begin(Store(folder), first: true);
    }

    /// <summary>The virtual host alone: the broker lost what it had.</summary>
    public async Task MakeVirtualHost(HttpClient http, string folder)
    {
        using var _ = await Admins(http, HttpMethod.Put, $"api/vhosts/{Path.GetFileName(folder)}");
    }

    /// <summary>Deletes a queue with what it holds.</summary>
    public async Task Delete(HttpClient http, string folder, string queue)
    {
        using var _ = await Admins(http, HttpMethod.Delete, $"api/queues/{Path.GetFileName(folder)}/{queue}");
    }

    /// <summary>How many messages the broker holds: sent by their speakers, and not yet taken. Its numbers are some
    /// seconds old.</summary>
    public async Task<int> Held(HttpClient http, string folder)
    {
        using var answer = await Admins(http, HttpMethod.Get, $"api/queues/{Path.GetFileName(folder)}?columns=messages");
        return JsonNode
            .Parse(await answer.Content.ReadAsStringAsync())!
            .AsArray()
            .Sum(queue => (queue as JsonObject)?["messages"]?.GetValue<int>() ?? 0);
    }

    /// <summary>Throws where one of them does not answer.</summary>
    public async Task Alive(HttpClient http, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var answer = await Admins(http, HttpMethod.Get, "api/vhosts", deadline.Token);
        using var reading = await Admins(http, HttpMethod.Get, "api/health/checks/port-listener/5672", deadline.Token);
        await Opened("alive", "&serverSelectionTimeoutMS=2000&connectTimeoutMS=2000").PendingByTarget(deadline.Token);
    }

    async Task<HttpResponseMessage> Admins(HttpClient http, HttpMethod method, string path, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(Admin, path))
        {
            Content = method == HttpMethod.Put ? new StringContent("{}", Encoding.UTF8, "application/json") : null,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))
        );
        return (await http.SendAsync(request, ct)).EnsureSuccessStatusCode();
    }

    /// <summary>What each process of the product is told of them.</summary>
    public void Settings(Dictionary<string, string> settings, string folder)
    {
        settings["GROUPTICKETING__Bus__Url"] = $"{new Uri(Bus, Path.GetFileName(folder))}";
        settings["GROUPTICKETING__Bus__User"] = User;
        settings["GROUPTICKETING__Bus__Password"] = Password;
        settings["GROUPTICKETING__Store__Url"] = Store(folder);
    }

    /// <summary>In how many lanes something is pending now, reminders apart.</summary>
    public async Task<int> Pending(string folder)
    {
        var all = await Opened(folder).PendingByTarget(CancellationToken.None);
        return all.Where(pending => pending.Target != Outbox.Clock).Sum(pending => pending.Count);
    }

    /// <summary>How many tombstones a service has, a hundred at most.</summary>
    public async Task<int> Tombstones(string folder, string service) =>
        (await Opened(folder).List(service, StoredDocument.Tombstones, null, 100, CancellationToken.None)).Count;

    MongoStore Opened(string folder, string options = "")
    {
        if (!stores.TryGetValue(folder, out var store))
            stores[folder] = store = new MongoStore(Store(folder) + options);
        return store;
    }

    string Store(string folder) => $"{Mongo.TrimEnd('/')}/{Path.GetFileName(folder)}?directConnection=true";

    static string Named(string name) =>
        Environment.GetEnvironmentVariable($"GROUPTICKETING_TESTS_{name}")
        ?? throw new InvalidOperationException($"GROUPTICKETING_TESTS_{name} is not set");
}

/// <summary>One process of the product.</summary>
/// <param name="Name">The service opened in it; empty for all of them.</param>
/// <param name="Number">Which of several instances.</param>
sealed record Part(string Name, Uri Url, int Number = 1)
{
    public Process? Process { get; set; }

    public IReadOnlyList<string> Arguments => Name.Length == 0 ? [] : ["--services", Name];

    /// <summary>Each service alone, as many of it as are wanted; the gateway is the public door.</summary>
    public static IEnumerable<Part> Apart(Uri door, int instances) =>
        Host.Modules.Names.SelectMany(
            name => Enumerable.Range(1, name == "gateway" ? 1 : instances),
            (name, number) => new Part(name, name == "gateway" ? door : Ports.FreeAddress(), number)
        );
}
