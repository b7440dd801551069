using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Registry;
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
    readonly Recorder recorder = new();
    readonly Halving halving;
    readonly ParentSolutions solutions;

    ItopWorld(WebApplication app, string folder, FakeTimeProvider clock, IReadOnlyList<School> schools)
    {
        (this.app, this.folder, Clock) = (app, folder, clock);
        store = new SqliteStore(Path.Combine(folder, "store.db"));
        Files = new FolderFiles(Path.Combine(folder, "files"));
        Options = new ItopOptions { Url = new Uri(app.Urls.First() + "/"), User = "connecteur", Password = "demo-connecteur" };
        Itop = new ItopClient(new HttpClient(recorder), Options, clock);
        var names = new ItopNames(Itop, clock);
        Links = new ItopLinks(store);
        Attach = new AttachFile(Itop, names, Files, Clock);
        Key = new ItopKey(Itop, clock, new LoggedLines<ItopKey>(Logged));
        Doubts = new PeopleInDoubt(store, clock);
        var people = new CreatePerson(Itop, names, Doubts, schools, new LoggedLines<CreatePerson>(Logged));
        var create = new CreateGroupTicket(Itop, names, Key, new ChooseCaller(names, people));
        Open = new OpenGroupTicket(create, new FindGroupTicket(Itop, names, Key), Links, Attach, clock);
        Write = new WriteToGroupTicket(Itop, clock);
        Adopt = new AdoptGroupTicket(Itop, names, Links, Key, Documents);
        Findings = new Findings(store, clock);
        Aside = new PutAside(store, Findings, clock, new LoggedLines<PutAside>(Logged));
        halving = new Halving(Itop, Options, clock);
        solutions = new ParentSolutions(Itop, halving, ItopPlay.Rules);
        var reading = new ReadSome(Links, Key, new FindRequests(Itop, Key, schools), halving, solutions);
        Poll = new ItopPoll(Itop, Links, reading, Aside, store);
    }

    /// <summary>From now on it answers so, in place of what it would.</summary>
    public void Show(Func<string, string> instead) => recorder.Shows = instead;

    public ItopOptions Options { get; }

    public FakeTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IFiles Files { get; }

    public ItopClient Itop { get; }

    public ItopLinks Links { get; }

    public ItopKey Key { get; }

    public PeopleInDoubt Doubts { get; }

    /// <summary>What the operator reads.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    public OpenGroupTicket Open { get; }

    public AdoptGroupTicket Adopt { get; }

    public WriteToGroupTicket Write { get; }

    public AttachFile Attach { get; }

    public PutAside Aside { get; }

    public ItopPoll Poll { get; }

    public Findings Findings { get; }

    public IStore Store => store;

    /// <summary>All of it behind the dispatcher's door, over the documents it reads.</summary>
    public ItopAdapter Adapter(Documents<GroupTicket> documents)
    {
        var bound = new BoundRequest(Itop, Key, solutions, ItopPlay.Rules);
        var onTicket = new CallOnTicket(Open, Adopt, Write, Attach, bound, Clock);
        return new(new MakeCall(Open, Adopt, bound, onTicket, () => documents), Poll, Itop, Options, Clock);
    }

    public Reconciliation Reconciliation => new(store, Clock);

    /// <summary>What reads live tickets again.</summary>
    public ReadLive Live(Documents<GroupTicket> documents)
    {
        var shown = new ShownLogs(Itop, halving, solutions, Aside);
        return new(Itop, documents, shown, ItopPlay.Rules, Reconciliation, NullLogger<ReadLive>.Instance);
    }

    public Documents<GroupTicket> Documents() =>
        new(Decider, store, new FactMessages([typeof(GroupTicketGone), typeof(LookAgain)]), new WakeSignal(), new Waves(), Clock);

    public ItopDecider Decider { get; } = new(ItopPlay.Rules);

    /// <summary>Every operation the connector asked for.</summary>
    public IReadOnlyList<JsonNode> Asked => [.. recorder.Asked];

    /// <param name="schools">Their files; none: the demo's, which wish nothing.</param>
    public static Task<ItopWorld> Start(params IReadOnlyList<School> schools) => Start(schools, module: false);

    public static Task<ItopWorld> Start(bool module) => Start([], module);

    /// <param name="schools">As above.</param>
    /// <param name="module">Whether iTop has our optional module.</param>
    /// <param name="writesPeople">Whether the connector's account may write persons, too.</param>
    /// <param name="history">Whether it may read iTop's history of changes.</param>
    public static async Task<ItopWorld> Start(
        IReadOnlyList<School> schools,
        bool module = false,
        bool writesPeople = false,
        bool history = false
    )
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var clock = new FakeTimeProvider(Demo.Now);
        var app = ItopServer.Build(
            new Simulators.Itop.ItopOptions(
                "http://127.0.0.1:0",
                Path.Combine(folder, "itop"),
                Seed(folder, writesPeople, history),
                0,
                module
            ),
            clock
        );
        await app.StartAsync();
        return new ItopWorld(app, folder, clock, schools.Count > 0 ? schools : Demo.Directory.Schools);
    }

    public Attempt Attempt(ItopCall call, DateTimeOffset? inDoubt = null) =>
        new(
            $"itop/{ItopPlay.Asked.Heading.TicketId:N}",
            "itop",
            "itop",
            new PendingCall("1-1", call.Kind, Json.Element(call), null, Now),
            "1-1",
            1,
            Now,
            inDoubt,
            "t"
        );

    /// <summary>Opens the group ticket and settles it.</summary>
    public async Task<GroupTicket> Opened()
    {
        var ticket = Decider.Decide(Decider.Empty, ItopPlay.Asked, Now).State;
        var create = new ItopCall.Create();
        return Decider.Settle(ticket, Attempt(create), await Open.Call(Attempt(create), ItopPlay.Asked, default), Now).State;
    }

    public async Task<TicketRead> Read(GroupTicket ticket) =>
        new(ItopPlay.Asked.Heading.TicketId, await ReadGroupTicket.Read(Itop, ticket.ItopId!, default), Now);

    public async Task<IReadOnlyList<ItopRead>> All() =>
        [
            .. (await Itop.Get("UserRequest", "SELECT UserRequest WHERE title LIKE '[lyon:4512] %'", ReadFields.Names, default))
                .Select(ReadFields.From)
                .OrderBy(read => long.Parse(read.Id)),
        ];

    public Uri Url => new(app.Urls.First() + "/");

    public ItopClient Administrator => As("admin");

    ItopClient As(string login) => new(Outside.Client(1 << 20), Options with { User = login, Password = $"demo-{login}" }, Clock);

    /// <summary>Each of them adds an entry to a log, all having read it before any has written: iTop keeps one.</summary>
    public async Task AtOnce(string id, string log, params string[] logins)
    {
        using var http = new HttpClient { BaseAddress = Url };
        (await http.PostAsJsonAsync("/sim/faults", new { latencyMs = 1_000 })).EnsureSuccessStatusCode();
        await http.PostAsync("/sim/calls/reset", null);
        var writing = Task.WhenAll(
            logins.Select(login =>
                As(login)
                    .Call(
                        new JsonObject
                        {
                            ["operation"] = "core/update",
                            ["class"] = "UserRequest",
                            ["comment"] = login,
                            ["key"] = id,
                            ["fields"] = new JsonObject { [log] = WriteToGroupTicket.Item($"de {login}") },
                            ["output_fields"] = "id",
                        },
                        default
                    )
            )
        );
        await Door.Until(
            async () =>
                (await http.GetFromJsonAsync<JsonObject>("/sim/calls"))!["operations"]!["core/update"]?.GetValue<int>()
                == logins.Length
                    ? "yes"
                    : null,
            "all have read it"
        );
        await http.PostAsJsonAsync("/sim/faults", new { latencyMs = 0 });
        while (!writing.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(writing, Task.Delay(10));
        }
        await writing;
    }

    /// <summary>An administrator renames what bears this name.</summary>
    public Task Rename(string itopClass, string name, string now) =>
        Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/update",
                ["class"] = itopClass,
                ["comment"] = "test",
                ["key"] = new JsonObject { ["name"] = name },
                ["fields"] = new JsonObject { ["name"] = now },
                ["output_fields"] = "id",
            },
            default
        );

    /// <summary>From here on these operations are done and their answers never come.</summary>
    public void Lose(Predicate<JsonNode> answers) => recorder.Loses = answers;

    /// <summary>Sets what goes wrong in iTop.</summary>
    public async Task Fault(object settings)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync(new Uri(Url, "sim/faults"), settings)).EnsureSuccessStatusCode();
    }

    /// <summary>As after a backup was put back: the request is gone, and its id is the next one's.</summary>
    public async Task<string> GiveIdAgain(string id, string organisation)
    {
        await Delete(id);
        using var http = new HttpClient();
        var next = new
        {
            ids = new Dictionary<string, int>
            {
                ["UserRequest"] = int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) - 1,
            },
        };
        (await http.PostAsJsonAsync(new Uri(Url, "sim/next"), next)).EnsureSuccessStatusCode();
        return await Stranger("Une autre demande", organisation);
    }

    /// <summary>An intervenant writes into the public log.</summary>
    public Task Say(string id, string text) =>
        As("intervenant")
            .Call(
                new JsonObject
                {
                    ["operation"] = "core/update",
                    ["class"] = "UserRequest",
                    ["comment"] = "test",
                    ["key"] = id,
                    ["fields"] = new JsonObject { ["public_log"] = WriteToGroupTicket.Item(text) },
                    ["output_fields"] = "id",
                },
                default
            );

    /// <summary>An intervenant adds a file.</summary>
    public Task PutFile(string id, string name) => As("intervenant").Call(
        new JsonObject
        {
            ["operation"] = "core/create", ["class"] = "Attachment", ["comment"] = "test",
            ["fields"] = AttachFile.Fields(id, "1", name, "text/plain", "contenu"u8.ToArray()), ["output_fields"] = "id",
        },
        default);

    /// <summary>The names of the files on a request.</summary>
    public async Task<IReadOnlyList<string?>> FilesOn(string id) =>
        [
            .. (await Administrator.Get("Attachment", AttachFile.On(id), "contents", default)).Select(one =>
                one.Fields.GetProperty("contents").GetProperty("filename").GetString()
            ),
        ];

    /// <summary>iTop's ids of the files on a request.</summary>
    public async Task<IReadOnlyList<string>> FileIds(string id) =>
        [.. (await Administrator.Get("Attachment", AttachFile.On(id), "id", default)).Select(one => one.Key)];

    /// <summary>Puts our module into iTop, or takes it away.</summary>
    public async Task Install(bool module, bool indexed = false)
    {
        using var http = new HttpClient();
        (await http.PostAsync(new Uri(Url, $"sim/module/{module}?isIndexed={indexed}"), null)).EnsureSuccessStatusCode();
    }

    /// <summary>A person edits a field of the ticket.</summary>
    public Task Edit(string id, string field, string text) =>
        Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/update",
                ["class"] = "UserRequest",
                ["comment"] = "test",
                ["key"] = id,
                ["fields"] = new JsonObject { [field] = text },
                ["output_fields"] = "id",
            },
            default
        );

    /// <summary>Every request, as the connector reads it.</summary>
    public async Task<IReadOnlyList<ItopRead>> Requests() =>
        [
            .. (await Itop.Get("UserRequest", "SELECT UserRequest", ReadFields.From(await Key.Ask(default)), default))
                .Select(ReadFields.From)
                .OrderBy(read => long.Parse(read.Id)),
        ];

    /// <summary>An administrator deletes it: the connector may not.</summary>
    public Task Delete(string id) =>
        Administrator.Call(
            new JsonObject
            {
                ["operation"] = "core/delete",
                ["class"] = "UserRequest",
                ["comment"] = "test",
                ["key"] = id,
                ["output_fields"] = "id",
            },
            default
        );

    /// <summary>iTop's id of an organisation.</summary>
    public async Task<string> Organisation(string name) =>
        (
            await Administrator.Get("Organization", $"SELECT Organization WHERE name = {ItopClient.Quote(name)}", "id", default)
        )
            .Single()
            .Key;

    /// <summary>A ticket that is none of ours; answers its id.</summary>
    public async Task<string> Stranger(string title, string organisation = "INSA Lyon", string? key = null)
    {
        var fields = new JsonObject
        {
            ["org_id"] = $"SELECT Organization WHERE name = '{organisation}'",
            ["title"] = title,
            ["description"] = "d",
        };
        if (key is not null)
            fields[Marker.Attribute] = key;
        return (
            await Administrator.Call(
                new JsonObject
                {
                    ["operation"] = "core/create",
                    ["class"] = "UserRequest",
                    ["comment"] = "test",
                    ["fields"] = fields,
                    ["output_fields"] = "id",
                },
                default
            )
        ).Single().Key;
    }

    static string Seed(string folder, bool writesPeople, bool history)
    {
        var seed = JsonNode.Parse(File.ReadAllText(Path.Combine(Demo.Folder, "itop-seed.json")))!;
        seed["accounts"]!.AsArray().Single(account => account!["login"]!.GetValue<string>() == "connecteur")!["history"] =
            history;
        seed["accounts"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["login"] = "admin",
                    ["password"] = "demo-admin",
                    ["person"] = "ariel.cormier@groupe.example",
                    ["administrator"] = true,
                }
            );
        if (writesPeople)
            seed["accounts"]!.AsArray().Single(account => (string)account!["login"]! == "connecteur")!["rights"] = "people";
        var file = Path.Combine(folder, "seed.json");
        File.WriteAllText(file, seed.ToJsonString());
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        public ConcurrentQueue<JsonNode> Asked { get; } = [];

        public Predicate<JsonNode> Loses { get; set; } = _ => false;

        public Func<string, string>? Shows { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var form = System.Web.HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            var asked = JsonNode.Parse(form["json_data"]!)!;
            Asked.Enqueue(asked);
            var answer = await base.SendAsync(request, cancellationToken);
            if (Shows is { } shows)
                answer.Content = new StringContent(shows(await answer.Content.ReadAsStringAsync(cancellationToken)));
            return Loses(asked) ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : answer;
        }
    }
}
