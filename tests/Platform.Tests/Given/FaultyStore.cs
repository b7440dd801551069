using System.Text.Json;

namespace GroupTicketing.Platform.Tests;

/// <summary>A store that does what a test wants to happen before or after its writes: be away, or take the process with
/// it.</summary>
sealed class FaultyStore(IStore inner) : StoreAround(inner)
{
    /// <summary>Runs before each write, with its name; may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Runs after each write; may throw.</summary>
    public Action<string> After { get; set; } = _ => { };

    public void FailOn(string write) => Before = name =>
    {
        if (name == write)
            throw new StoreUnavailableException("the test took the store away");
    };

    public void Mend() => (Before, After) = (_ => { }, _ => { });

    /// <summary>How often a document was read.</summary>
    public int Loads { get; private set; }

    /// <summary>How often a document was to be written.</summary>
    public int Saves { get; private set; }

    public override ValueTask<StoredDocument?> Load(string key, CancellationToken ct)
    {
        Loads++;
        if (key == Unreadable)
            throw new JsonException();
        return base.Load(key, ct);
    }

    /// <summary>The key of a document that cannot be read.</summary>
    public string? Unreadable { get; set; }

    /// <summary>The key of a document that is never written, and what is thrown instead.</summary>
    public string? Refused { get; set; }

    public Exception RefusedBy { get; set; } = new InvalidOperationException();

    public int Refusals { get; set; }

    /// <summary>Whether the store takes no document like that.</summary>
    public Predicate<StoredDocument> IsTooLarge { get; set; } = _ => false;

    public override Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct)
    {
        Saves++;
        if (document.Key == Refused)
        {
            Refusals++;
            throw RefusedBy;
        }
        return Write(nameof(Save), () => base.Save(document, pending, ct));
    }

    public override Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct)
    {
        Saves++;
        if (writes.Any(write => write.Document.Key == Refused))
        {
            Refusals++;
            throw RefusedBy;
        }
        if (writes.Any(write => IsTooLarge(write.Document)))
            throw new StoreUnavailableException("too large");
        return Write(nameof(SaveTogether), () => base.SaveTogether(writes, ct));
    }

    public override Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) =>
        Write(nameof(PutSide), async () =>
        {
            await base.PutSide(collection, key, body, expires, ct);
            return true;
        });

    public override Task<byte[]?> PutSideOnce(
        string collection,
        string key,
        byte[] body,
        DateTimeOffset? expires,
        CancellationToken ct
    ) => Write(nameof(PutSideOnce), () => base.PutSideOnce(collection, key, body, expires, ct));

    public override Task DeleteSide(string collection, string key, CancellationToken ct) => Write(nameof(DeleteSide), async () =>
    {
        await base.DeleteSide(collection, key, ct);
        return true;
    });

    async Task<T> Write<T>(string name, Func<Task<T>> write)
    {
        Before(name);
        var answer = await write();
        After(name);
        return answer;
    }
}
