using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Host;
using GroupTicketing.ItopConnector;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Simulators.Itop;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ItopOptions = GroupTicketing.ItopConnector.Adapters.ItopOptions;

namespace GroupTicketing.Services.Tests;

/// <summary>The connector's calls against a simulated iTop over HTTP, on one clock that stands still until it is moved.</summary>
sealed class ItopWorld : IAsyncDisposable
{
    readonly WebApplication app;
    readonly SqliteStore store;
    readonly string folder;
    readonly ItopOptions options;
    readonly Recorder recorder = new();

    ItopWorld(WebApplication app, string folder, FakeTimeProvider clock, IReadOnlyList<School> mirrored)
    {
        (this.app, this.folder, Clock) = (app, folder, clock);
        store = new SqliteStore(Path.Combine(folder, "store.db"));
        Files = new FolderFiles(Path.Combine(folder, "files"));
        options = new ItopOptions { Url = new Uri(app.Urls.First() + "/"), User = "connecteur", Password = "demo-connecteur" };
        Itop = new ItopClient(new HttpClient(recorder), options, clock);
        var names = new ItopNames(Itop, clock);
        Links = new ItopLinks(store);
        Attach = new AttachFile(Itop, names, Files);
        Open = new OpenGroupTicket(Itop, names, Links, Attach, clock);
        Write = new WriteToGroupTicket(Itop, clock);
        Adopt = new AdoptGroupTicket(Itop, names, Links);
        Poll = new ItopPoll(Itop, Links, new FindRequests(Itop, mirrored), store);
    }

    public FakeTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IFiles Files { get; }

    public ItopClient Itop { get; }

    public ItopLinks Links { get; }

    public OpenGroupTicket Open { get; }

    public AdoptGroupTicket Adopt { get; }

    public WriteToGroupTicket Write { get; }

    public AttachFile Attach { get; }

    public ItopPoll Poll { get; }

    /// <summary>All of it behind the payer's door, over the documents it reads.</summary>
    public ItopAdapter Adapter(Documents<GroupTicket> documents) => new(new ItopActions(Itop, Open, Adopt, Write, Attach), Poll, options, () => documents, Clock);

    public Reconciliation Reconciliation => new(store, Clock);

    /// <summary>What reads live tickets again.</summary>
    public ReadLive Live(Documents<GroupTicket> documents) => new(Itop, documents, ItopPlay.Rules, Reconciliation, NullLogger<ReadLive>.Instance);

    public Documents<GroupTicket> Documents() => new(Room, store, new FactMessages([typeof(GroupTicketGone)]), new Doorbell(), Clock);

    public ItopRoom Room { get; } = new(ItopPlay.Rules);

    /// <summary>Every operation the connector asked for.</summary>
    public IReadOnlyList<JsonNode> Asked => [.. recorder.Asked];

    /// <param name="mirrored">Schools whose requests opened in iTop are found.</param>
    public static Task<ItopWorld> Start(params IReadOnlyList<School> mirrored) => Start(false, mirrored);

    /// <param name="history">Whether the connector's account may read iTop's history of changes.</param>
    public static async Task<ItopWorld> Start(bool history, IReadOnlyList<School> mirrored)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var clock = new FakeTimeProvider(Demo.Now);
        var app = ItopServer.Build(new Simulators.Itop.ItopOptions("http://127.0.0.1:0", Path.Combine(folder, "itop"), Seed(folder, history), 0), clock);
        await app.StartAsync();
        return new ItopWorld(app, folder, clock, mirrored);
    }

    public Attempt Attempt(ItopCall call, DateTimeOffset? inDoubt = null) => new(
        $"itop/{ItopPlay.Asked.Heading.TicketId:N}", "itop", "itop", new Debt("1-1", Calls.KindOf(call), Json.Element(call), null, Now), "1-1", 1, Now, inDoubt, "t");

    /// <summary>Opens the group ticket and settles it.</summary>
    public async Task<GroupTicket> Opened()
    {
        var ticket = Room.Decide(Room.Empty, ItopPlay.Asked, Now).State;
        var create = new ItopCall.Create(ItopPlay.Asked);
        return Room.Settle(ticket, Attempt(create), await Open.Pay(Attempt(create), ItopPlay.Asked, default), Now).State;
    }

    public async Task<TicketRead> Read(GroupTicket ticket) => new(ItopPlay.Asked.Heading.TicketId, await ReadGroupTicket.Read(Itop, ticket.ItopId!, default), Now);

    public async Task<IReadOnlyList<ItopRead>> All() =>
        [.. (await Itop.Get("UserRequest", "SELECT UserRequest WHERE title LIKE '[lyon:4512] %'", ReadFields.Names, default)).Select(ReadFields.Of).OrderBy(read => long.Parse(read.Id))];

    public Uri Url => new(app.Urls.First() + "/");

    public ItopClient Administrator => As("admin");

    ItopClient As(string login) => new(Outside.Client(1 << 20), options with { User = login, Password = $"demo-{login}" }, Clock);

    /// <summary>Each of them adds an entry to a log, all having read it before any has written: iTop keeps one.</summary>
    public async Task AtOnce(string id, string log, params string[] logins)
    {
        using var http = new HttpClient { BaseAddress = Url };
        (await http.PostAsJsonAsync("/sim/faults", new { latencyMs = 1_000 })).EnsureSuccessStatusCode();
        await http.PostAsync("/sim/calls/reset", null);
        var writing = Task.WhenAll(logins.Select(login => As(login).Call(
            new JsonObject { ["operation"] = "core/update", ["class"] = "UserRequest", ["comment"] = login, ["key"] = id, ["fields"] = new JsonObject { [log] = WriteToGroupTicket.Item($"de {login}") }, ["output_fields"] = "id" }, default)));
        await Door.Until(async () => (await http.GetFromJsonAsync<JsonObject>("/sim/calls"))!["operations"]!["core/update"]?.GetValue<int>() == logins.Length ? "yes" : null, "all have read it");
        await http.PostAsJsonAsync("/sim/faults", new { latencyMs = 0 });
        while (!writing.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(writing, Task.Delay(10));
        }
        await writing;
    }

    /// <summary>An administrator renames what bears this name.</summary>
    public Task Rename(string itopClass, string name, string now) => Administrator.Call(
        new JsonObject { ["operation"] = "core/update", ["class"] = itopClass, ["comment"] = "test", ["key"] = new JsonObject { ["name"] = name }, ["fields"] = new JsonObject { ["name"] = now }, ["output_fields"] = "id" }, default);

    /// <summary>An administrator deletes it: the connector may not.</summary>
    public Task Delete(string id) => Administrator.Call(
        new JsonObject { ["operation"] = "core/delete", ["class"] = "UserRequest", ["comment"] = "test", ["key"] = id, ["output_fields"] = "id" }, default);

    /// <summary>A ticket that is none of ours; answers its id.</summary>
    public async Task<string> Stranger(string title, string organisation = "INSA Lyon")
    {
        var fields = new JsonObject { ["org_id"] = $"SELECT Organization WHERE name = '{organisation}'", ["title"] = title, ["description"] = "d" };
        return (await Administrator.Call(
            new JsonObject { ["operation"] = "core/create", ["class"] = "UserRequest", ["comment"] = "test", ["fields"] = fields, ["output_fields"] = "id" }, default)).Single().Key;
    }

    static string Seed(string folder, bool history)
    {
        var seed = JsonNode.Parse(File.ReadAllText(Path.Combine(Demo.Folder, "itop-seed.json")))!;
        seed["accounts"]!.AsArray().Single(account => account!["login"]!.GetValue<string>() == "connecteur")!["history"] = history;
        seed["accounts"]!.AsArray().Add(new JsonObject { ["login"] = "admin", ["password"] = "demo-admin", ["person"] = "ariel.cormier@groupe.example", ["administrator"] = true });
        var file = Path.Combine(folder, "seed.json");
        File.WriteAllText(file, seed.ToJsonString());
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await store.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        public System.Collections.Concurrent.ConcurrentQueue<JsonNode> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = System.Web.HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            Asked.Enqueue(JsonNode.Parse(form["json_data"]!)!);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
