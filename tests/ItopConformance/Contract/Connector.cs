using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>The connector's own adapters, with a store of their own in a folder of their own.</summary>
public sealed class Connector : IAsyncDisposable
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("conformance-").FullName;
    private readonly SqliteStore _store;

    public Connector(HttpClient http, ItopUnderTest itop)
    {
        _store = new SqliteStore(Path.Combine(_folder, "store.db"));
        Files = new FolderFiles(Path.Combine(_folder, "files"));
        Options = new ItopOptions { Url = itop.Url, User = itop.Connector.User, Password = itop.Connector.Password };
        Itop = new ItopClient(http, Options, TimeProvider.System);
        Names = new ItopNames(Itop, TimeProvider.System);
        Links = new ItopLinks(_store);
        Key = new ItopKey(Itop, TimeProvider.System, NullLogger<ItopKey>.Instance);
    }

    public IFiles Files { get; }

    public ItopOptions Options { get; }

    public ItopClient Itop { get; }

    public ItopNames Names { get; }

    public ItopLinks Links { get; }

    public ItopKey Key { get; }

    // The bench's school is in no file: nobody is created in a real iTop.
    public OpenGroupTicket Opening =>
        new(
            new(
                Itop,
                Names,
                Key,
                new(Names, new(Itop, Names, new(_store, TimeProvider.System), [], NullLogger<CreatePerson>.Instance))
            ),
            new(Itop, Names, Key),
            Links,
            Attaching,
            TimeProvider.System
        );

    public AdoptGroupTicket Adopting => new(Itop, Names, Links, Key, () => throw new NotSupportedException());

    public WriteToGroupTicket Writing => new(Itop, TimeProvider.System);

    public AttachFile Attaching => new(Itop, Names, Files, TimeProvider.System);

    public ItopPoll Poll =>
        new(
            Itop,
            Links,
            new(
                Links,
                Key,
                new FindRequests(Itop, Key, []),
                Halving,
                new(Itop, Halving, new("Retour école", "https://itop.example/"))
            ),
            Aside,
            _store
        );

    Halving Halving => new(Itop, Options, TimeProvider.System);

    PutAside Aside => new(_store, new Findings(_store, TimeProvider.System), TimeProvider.System, NullLogger<PutAside>.Instance);

    /// <summary>What is found for a school of that organisation.</summary>
    public FindRequests Finding(string organisation) =>
        new(
            Itop,
            Key,
            [
                new School(
                    Bench.School,
                    organisation,
                    organisation,
                    organisation,
                    true,
                    "generic",
                    new SecretReferences([], [], [], []),
                    null,
                    [],
                    Mapping.None,
                    null,
                    new(),
                    default,
                    "",
                    [],
                    MirrorFrom: new DateOnly(2026, 1, 1)
                ),
            ]
        );

    /// <summary>An attempt; in doubt: one that may have worked an hour ago.</summary>
    public static Attempt Attempt(TicketEscalated asked, bool inDoubt = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        var call = new PendingCall("1-1", "conformance", Json.Element("conformance"), null, now);
        return new Attempt(
            $"itop/{asked.Heading.TicketId:N}",
            "itop",
            "itop",
            call,
            "1-1",
            1,
            now,
            inDoubt ? now - LongAgo : null,
            "t"
        );
    }

    public Task<ItopRead> Read(string id) => ReadGroupTicket.Read(Itop, id, default);

    /// <summary>What a call did, or the reason why not.</summary>
    public static T Done<T>(Answer answer)
        where T : class => answer is Answer.Done { Result: T result } ? result : throw new InvalidOperationException($"{answer}");

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
