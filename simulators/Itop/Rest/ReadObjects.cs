using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>core/get.</summary>
public sealed class ReadObjects(ItopStore store, Faults faults)
{
    public Answer Answer(Call call)
    {
        call.Account.MayRead(call.Text("class"));
        var itopClass = call.Class;
        var codes = Shown.CodesOf(itopClass, call.OutputFields);
        var (key, limit, page) = (call.Key, call.Number("limit") ?? 0, call.Number("page") ?? 1);
        if (page < 1)
            throw new Refusal(13, "The request page number is not valid. It must be an integer greater than 0", thrown: false);
        var found = faults.EmptiesPoll($"{key}") ? [] : store.Ordered(Keys.Many(store, call.Account, itopClass, key));
        var shown = limit > 0 ? found.Skip((page - 1) * limit).Take(limit) : found;
        return new Answer(
            0,
            $"Found: {found.Count}",
            [.. shown.Select(o => Show(o, itopClass.Name, call.OutputFields == "*+" ? Shown.CodesOf(o.Model, "*") : codes))]
        );
    }

    private static Shown Show(ItopObject found, string asked, IReadOnlyList<string> codes)
    {
        if (found.Class == asked)
            return new Shown(found, "", codes);
        // An OQL of another class wins over the class of the call, and brings the friendly name along.
        foreach (var code in codes)
            if (code != "id" && found.Model.Find(code) is null)
                throw Refusal.Error($"Unknown attribute {code} from class {found.Class}");
        return new Shown(found, "", [.. codes.Append("friendlyname").Distinct()]);
    }
}
