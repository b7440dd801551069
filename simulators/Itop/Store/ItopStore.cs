using System.Collections.Concurrent;
using GroupTicketing.Simulators.Itop.Model;

namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>Every object, in memory and in <c>itop.jsonl</c>. Readers take no lock. A commit is on file before anybody
/// can read it.</summary>
public sealed class ItopStore : IDisposable
{
    private readonly Dictionary<string, ConcurrentDictionary<int, ItopObject>> _classes;
    private readonly Dictionary<string, int> _lastIds = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Journal _objects;
    private readonly Journal _ledger;
    private int _counter;
    private int _ledgerLines;

    public ItopStore(string folder, TimeProvider clock)
    {
        _clock = clock;
        _classes = DataModel.ClassNames.ToDictionary(
            name => name,
            _ => new ConcurrentDictionary<int, ItopObject>(),
            StringComparer.Ordinal
        );
        _objects = new Journal(Path.Combine(folder, "itop.jsonl"));
        _ledger = new Journal(Path.Combine(folder, "itop-ledger.jsonl"));
        Replay();
    }

    public string LedgerPath => _ledger.FilePath;

    /// <summary>How much later the dates of logs are shown than they were written.</summary>
    public TimeSpan LogShownLater { get; set; }

    public bool IsEmpty => _classes.Values.All(objects => objects.IsEmpty);

    public ItopObject? Find(string? itopClass, int id)
    {
        foreach (var leaf in itopClass is null ? [] : DataModel.Leaves(itopClass))
            if (_classes.TryGetValue(leaf, out var objects) && objects.TryGetValue(id, out var found))
                return found;
        return null;
    }

    public IEnumerable<ItopObject> All(string itopClass) =>
        DataModel.Leaves(itopClass).SelectMany(leaf => _classes[leaf]).Select(pair => pair.Value);

    /// <summary>What NOW() says in a query: the database's clock is in UTC, iTop's dates are not.</summary>
    public DateTime DatabaseNow => _clock.GetUtcNow().UtcDateTime;

    /// <summary>The next ticket reference; a create that is refused afterwards has used it up.</summary>
    public string NextReference()
    {
        lock (_gate)
            return $"R-{++_counter:D6}";
    }

    public ItopObject Create(string itopClass, IReadOnlyDictionary<string, object?> values, Deed? deed, int? id = null)
    {
        lock (_gate)
            return Commit(
                new ItopObject(itopClass, id ?? _lastIds.GetValueOrDefault(DataModel.Get(itopClass).Root) + 1, values),
                deed
            );
    }

    /// <summary>As if so many ids of a class, and so many references, had been used up.</summary>
    public void UseUp(IReadOnlyDictionary<string, int> lastIds, int? lastReference)
    {
        lock (_gate)
        {
            foreach (var (itopClass, last) in lastIds)
                _lastIds[DataModel.Get(itopClass).Root] = last;
            _counter = lastReference ?? _counter;
        }
    }

    /// <summary>Writes only the changed attributes over whatever the object is by now; null if it is gone.</summary>
    public ItopObject? Update(string itopClass, int id, IReadOnlyDictionary<string, object?> changes, Deed deed)
    {
        lock (_gate)
            return Find(itopClass, id) is { } current ? Commit(current.With(changes), deed) : null;
    }

    public void Delete(ItopObject gone, Deed deed)
    {
        lock (_gate)
        {
            if (Find(gone.Class, gone.Id) is null)
                return;
            var line = LineFor(gone, deed);
            _objects.Append(new StoredLine(gone.Class, gone.Id, _counter, null, null, null, line));
            _classes[gone.Class].TryRemove(gone.Id, out _);
            _ledger.Append(line);
        }
    }

    public void Dispose()
    {
        _objects.Dispose();
        _ledger.Dispose();
    }

    private ItopObject Commit(ItopObject stored, Deed? deed)
    {
        UniqueIndex.Check(stored, All(stored.Class));
        var line = deed is null ? null : LineFor(stored, deed);
        _objects.Append(StoredLine.Of(stored, _counter, line));
        Keep(stored);
        if (line is not null)
            _ledger.Append(line);
        return stored;
    }

    private LedgerLine LineFor(ItopObject stored, Deed deed)
    {
        var reference = stored.Class == "UserRequest" ? stored.Text("ref") : null;
        var title = stored.Values.GetValueOrDefault("title") as string;
        return new LedgerLine(
            ++_ledgerLines,
            _clock.GetUtcNow(),
            deed.Op,
            stored.Class,
            $"{stored.Id}",
            reference,
            title,
            deed.Stimulus,
            deed.Login,
            deed.Entry
        );
    }

    private void Keep(ItopObject stored)
    {
        _classes[stored.Class][stored.Id] = stored;
        var root = stored.Model.Root;
        _lastIds[root] = Math.Max(_lastIds.GetValueOrDefault(root), stored.Id);
    }

    private void Replay()
    {
        var onFile = Journal.Lines<LedgerLine>(_ledger.FilePath).Count();
        foreach (var line in Journal.Lines<StoredLine>(_objects.FilePath))
        {
            _counter = line.Counter;
            if (line.Values is null)
                _classes[line.Class].TryRemove(line.Id, out _);
            else
                Keep(line.ToObject());
            if (line.Ledger is null)
                continue;
            _ledgerLines = line.Ledger.N;
            if (line.Ledger.N > onFile)
                _ledger.Append(line.Ledger);
        }
    }
}
