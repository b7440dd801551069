using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>The verbs of iTop's REST. A write loads its object, takes its time, and writes back what it changed: two at once may lose a log entry, as iTop's do.</summary>
public sealed class Operations(ItopStore store, LocalTime clock, Accounts accounts)
{
    private static readonly string[] Verbs =
        ["core/create", "core/update", "core/apply_stimulus", "core/get", "core/delete", "core/get_related", "core/check_credentials"];

    private readonly FieldValues _fields = new(store, clock);

    /// <param name="takeTime">Waits as long as a call takes; between load and save for a write.</param>
    public async Task<Answer> Run(Call call, Func<Task> takeTime)
    {
        switch (call.Operation)
        {
            case "list_operations":
                await takeTime();
                return new Answer(0, "Operations: 7", null, false) { Others = new Dictionary<string, object> { ["operations"] = Verbs.Select(verb => new { verb }) } };
            case "core/check_credentials":
                await takeTime();
                return new Answer(0, "", null, false) { Others = new Dictionary<string, object> { ["authorized"] = accounts.Check(call.Text("user"), call.Text("password")) } };
            case "core/get":
                await takeTime();
                return Get(call);
            case "core/create":
                return await Create(call, takeTime);
            case "core/update":
                return await Write(call, null, takeTime);
            case "core/apply_stimulus":
                return await Write(call, call.Text("stimulus"), takeTime);
            case "core/delete":
                await takeTime();
                return Delete(call);
            default:
                throw new Refusal(11, $"Unknown verb '{call.Operation}' in service 'CoreServices'", thrown: false);
        }
    }

    private Answer Get(Call call)
    {
        if (call.Class.Name == "User")
            throw Refusal.Rights("reading", "User");
        var codes = Shown.CodesOf(call.Class, call.OutputFields);
        var found = Ordered(call.Class, Keys.Many(store, call.Class, call.Key)).ToList();
        IEnumerable<ItopObject> page = found;
        if (call.Number("limit") is { } limit && limit > 0)
        {
            var number = call.Number("page") ?? 1;
            if (number < 1)
                return new Answer(13, "The request page number is not valid. It must be an integer greater than 0", null);
            page = found.Skip((number - 1) * limit).Take(limit);
        }
        return new Answer(0, $"Found: {found.Count}", [.. page.Select(one => new Shown(one, "", codes))]);
    }

    private async Task<Answer> Create(Call call, Func<Task> takeTime)
    {
        call.RequireComment();
        call.Account.MayWrite("creating", call.Class.Name);
        var codes = Shown.CodesOf(call.Class, call.OutputFields);
        var values = _fields.Parse(call.Class, call.Fields, null, call.Account);
        if (call.Class.Name == "UserRequest")
            Ticket(values);
        if (call.Class.Name == "Attachment")
        {
            values["user_id"] = $"{call.Account.Id}";
            values["contact_id"] = call.Account.ContactId;
            values["creation_date"] = clock.Now;
            values["expire"] = clock.Now;
        }
        Validation.Check(new ItopObject(call.Class.Name, 0, values), call.Class.Attributes.Select(attribute => attribute.Code), -1);
        await takeTime();
        var entry = (values.GetValueOrDefault("public_log") as LogEntry[])?.LastOrDefault()?.Message;
        var op = call.Class.Name == "Attachment" ? "attach" : "create";
        var created = store.Create(call.Class.Name, values, new Deed(op, call.Account.Login, Entry: entry));
        return new Answer(0, null, [new Shown(created, "created", codes)]);
    }

    private void Ticket(Dictionary<string, object?> values)
    {
        values.TryAdd("ref", store.NextReference());
        values.TryAdd("start_date", clock.Now);
        values["last_update"] = clock.Now;
        TicketRules.Compute(store, null, values);
    }

    private async Task<Answer> Write(Call call, string? stimulus, Func<Task> takeTime)
    {
        call.RequireComment();
        call.Account.MayWrite("modifying", call.Class.Name);
        var codes = Shown.CodesOf(call.Class, call.OutputFields);
        var loaded = Keys.One(store, call.Class, call.Key);
        var changes = _fields.Parse(call.Class, call.Fields, loaded, call.Account);
        var candidate = loaded.With(changes);
        if (stimulus is not null)
        {
            var target = Lifecycle.Target(loaded, stimulus);
            Lifecycle.Demand(candidate, target);
            foreach (var (code, value) in Lifecycle.Effects(candidate, target, clock.Now))
                changes[code] = value;
        }
        if (call.Class.Name == "UserRequest")
            TicketRules.Compute(store, loaded, changes);
        Validation.Check(loaded.With(changes), changes.Keys, loaded.Id);
        await takeTime();
        var different = TicketRules.Differences(store, loaded, changes);
        if (different.Count == 0)
            return new Answer(0, null, [new Shown(loaded, "updated", codes)]);
        if (call.Class.Name == "UserRequest")
            different["last_update"] = clock.Now;
        var added = different.GetValueOrDefault("public_log") as LogEntry[];
        var deed = new Deed(stimulus is null ? "update" : "stimulus", call.Account.Login, stimulus, added?.LastOrDefault()?.Message);
        var written = store.Update(loaded.Class, loaded.Id, different, deed) ?? throw Refusal.Error($"Invalid object {loaded.Name}");
        return new Answer(0, null, [new Shown(written, "updated", codes)]);
    }

    private Answer Delete(Call call)
    {
        call.RequireComment();
        if (!call.Account.Administrator)
            throw Refusal.Rights("deleting", call.Class.Name);
        var gone = Keys.Many(store, call.Class, call.Key).ToList();
        foreach (var one in call.Simulate ? [] : gone)
            store.Delete(one, new Deed("delete", call.Account.Login));
        return new Answer(0, $"{(call.Simulate ? "SIMULATING: " : "")}Deleted: {gone.Count}", [.. gone.Select(one => new Shown(one, "", []))]);
    }

    private IEnumerable<ItopObject> Ordered(ItopClass itopClass, IEnumerable<ItopObject> found) => itopClass.Descending
        ? found.OrderByDescending(one => store.Read(one, itopClass.OrderBy) as string, StringComparer.Ordinal)
        : found.OrderBy(one => store.Read(one, itopClass.OrderBy) as string, StringComparer.Ordinal);
}
