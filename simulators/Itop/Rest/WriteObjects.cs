using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>core/create, core/update and core/apply_stimulus. What an object and its logs were is read when the call
/// begins and written back when it
/// ends, without a lock: two calls at once on one log keep one entry, as in iTop.</summary>
public sealed class WriteObjects(ItopStore store, LocalTime clock, Faults faults)
{
    private readonly FieldValues _fields = new(store, clock);
    private readonly ParentCopies _parents = new(store, clock);
    private readonly History _history = new(store, clock);

    public async Task<Answer> Create(Call call)
    {
        call.RequireComment();
        var itopClass = call.Class;
        Allow(call, "creating");
        var codes = Shown.CodesOf(itopClass, call.OutputFields);
        var values = _fields.Parse(itopClass, call.Fields, null, call.Account);
        var taken = Uniqueness.Issue(store, new ItopObject(itopClass.Name, -1, values), call.Account.Language);
        await faults.Latency();
        await faults.Hold();
        if (itopClass.Name == "UserRequest")
            Begin(values);
        if (itopClass.Name == "Attachment")
            Sign(values, call.Account);
        if (itopClass.Name == "UserLocal")
            LocalAccounts.Check(store, values, call.Fields);
        Validation.Check(
            new ItopObject(itopClass.Name, -1, values),
            itopClass.Attributes.Select(a => a.Code),
            -1,
            call.Account.Language,
            taken
        );
        var op = itopClass.Name == "Attachment" ? "attach" : "create";
        var created = store.Create(itopClass.Name, values, new Deed(op, call.Account.Login, null, Added(null, values)));
        Links.Create(store, created, call.Fields);
        return new Answer(0, null, [new Shown(created, "created", codes)]);
    }

    public async Task<Answer> Update(Call call)
    {
        _ = call.Text("comment");
        var itopClass = call.Class;
        var codes = Shown.CodesOf(itopClass, call.OutputFields);
        Allow(call, "modifying");
        var loaded = Keys.One(store, call.Account, itopClass, call.Key);
        var changes = _fields.Parse(itopClass, call.Fields, loaded, call.Account);
        var taken = Uniqueness.Issue(store, loaded.With(changes), call.Account.Language);
        await faults.Latency();
        if (itopClass.Name == "UserLocal")
            LocalAccounts.CheckSight(store, loaded.With(changes));
        Validation.Check(loaded.With(changes), changes.Keys, loaded.Id, call.Account.Language, taken);
        return Written(loaded, changes, codes, new Deed("update", call.Account.Login), call);
    }

    public async Task<Answer> ApplyStimulus(Call call)
    {
        call.RequireComment();
        var itopClass = call.Class;
        var codes = Shown.CodesOf(itopClass, call.OutputFields);
        Allow(call, "modifying");
        var loaded = Keys.One(store, call.Account, itopClass, call.Key);
        var changes = _fields.Parse(itopClass, call.Fields, loaded, call.Account);
        var taken = Uniqueness.Issue(store, loaded.With(changes), call.Account.Language);
        var stimulus = call.Text("stimulus");
        var target = Lifecycle.Target(loaded, stimulus);
        await faults.Latency();
        TicketRules.Compute(store, loaded, changes);
        Lifecycle.Demand(loaded.With(changes), target);
        Validation.Check(loaded.With(changes), changes.Keys, loaded.Id, call.Account.Language, taken);
        foreach (var (code, value) in Lifecycle.Effects(loaded, target, clock.Now))
            changes[code] = value;
        return Written(loaded, changes, codes, new Deed("stimulus", call.Account.Login, stimulus), call);
    }

    private void Allow(Call call, string verb)
    {
        call.Account.MayWrite(verb, call.Class.Name);
        if (!faults.Current.LetsWrite(call.Account.Administrator))
            throw Refusal.Rights(verb, call.Class.Name);
    }

    private Answer Written(
        ItopObject loaded,
        Dictionary<string, object?> changes,
        IReadOnlyList<string> codes,
        Deed deed,
        Call call
    )
    {
        if (loaded.Class == "UserRequest")
            TicketRules.Compute(store, loaded, changes);
        var different = TicketRules.Differences(store, loaded, changes);
        if (different.Count == 0)
            return new Answer(0, null, [new Shown(loaded, "updated", codes)]);
        call.RequireComment();
        if (loaded.Class == "UserRequest")
            different["last_update"] = clock.Now;
        var written = store.Update(loaded.Class, loaded.Id, different, deed with { Entry = Added(loaded, different) })
            ?? throw Refusal.Error($"Invalid object {loaded.Name}");
        _history.Saved(written, different, call.Text("comment"), call.Account);
        _parents.Pass(loaded, written, different, call.Account, (child, log) =>
            _history.Saved(child, log, call.Text("comment"), call.Account)
        );
        return new Answer(0, null, [new Shown(written, "updated", codes)]);
    }

    private void Begin(Dictionary<string, object?> ticket)
    {
        var reference = store.NextReference();
        if (ticket.GetValueOrDefault("ref") is not string { Length: > 0 })
            ticket["ref"] = reference;
        var now = clock.Now;
        ticket.TryAdd("start_date", now);
        ticket["last_update"] = now;
        TicketRules.Compute(store, null, ticket);
    }

    private void Sign(Dictionary<string, object?> attachment, Account account)
    {
        var now = clock.Now;
        attachment.TryAdd("expire", now);
        attachment["creation_date"] = now;
        attachment["user_id"] = $"{account.Id}";
        attachment["contact_id"] = account.ContactId;
    }

    private static string? Added(ItopObject? before, IReadOnlyDictionary<string, object?> changes)
    {
        if (changes.GetValueOrDefault("public_log") is not LogEntry[] { Length: > 0 } log)
            return null;
        var known = before?.Log("public_log") ?? [];
        return log.Length <= known.Length && known.Contains(log[^1]) ? null : log[^1].Message;
    }
}
