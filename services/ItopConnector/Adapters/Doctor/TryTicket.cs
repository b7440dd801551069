using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Opens a request in the group's own organisation, writes to it, gives it a file and closes it: what no reading can tell is told by that.</summary>
sealed class TryTicket(ItopClient itop, TimeProvider clock)
{
    const string Title = "GroupTicketing : essai de l’exploitant, à ignorer (itop doctor)";
    const int MostSteps = 4;

    public async Task<TriedTicket> Try(string organisation, string contact, CancellationToken ct)
    {
        var tried = new TriedTicket(null, null, null, null, contact);
        try
        {
            var org = await new ItopNames(itop, clock).Organisation(organisation, ct);
            var now = clock.GetUtcNow();
            var made = (await Do("core/create", "UserRequest", null, Fields(org), "id,ref,status,start_date", ct))[0];
            tried = tried with { Reference = made.Text("ref"), ZoneAhead = ItopTime.At(made.Text("start_date") ?? "") - now };
            tried = tried with { Author = await Write(made.Key, ct) };
            await Attach(made.Key, org, ct);
            await Close(made.Key, made.Text("status") ?? "new", ct);
            return tried;
        }
        catch (ItopException exception)
        {
            return tried with { Failed = exception.Reason };
        }
    }

    async Task<string?> Write(string id, CancellationToken ct)
    {
        var entry = new JsonObject { ["add_item"] = new JsonObject { ["message"] = "Première ligne\nseconde ligne", ["format"] = "text" } };
        var written = (await Do("core/update", "UserRequest", id, new JsonObject { ["public_log"] = entry }, ReadFields.Names, ct))[0];
        return ReadFields.Of(written).Log.LastOrDefault()?.Author;
    }

    Task Attach(string id, string org, CancellationToken ct)
    {
        var contents = new JsonObject { ["data"] = Convert.ToBase64String("essai"u8), ["filename"] = "essai.txt", ["mimetype"] = "text/plain" };
        return Do("core/create", "Attachment", null, new JsonObject { ["item_class"] = "UserRequest", ["item_id"] = id, ["item_org_id"] = org, ["contents"] = contents }, "id", ct);
    }

    async Task Close(string id, string status, CancellationToken ct)
    {
        for (var steps = 0; steps < MostSteps && Conflict.Next(status, GroupWish.Close) is { } step; steps++)
            status = (await WriteToGroupTicket.Stimulus(itop, id, step, "Essai terminé.", null, ct)).Status;
    }

    static JsonObject Fields(string org) => new() { ["org_id"] = org, ["title"] = Title, ["description"] = "<p>Essai</p>", ["request_type"] = "incident" };

    Task<IReadOnlyList<ItopObject>> Do(string operation, string itopClass, string? key, JsonObject fields, string output, CancellationToken ct)
    {
        var call = new JsonObject { ["operation"] = operation, ["class"] = itopClass, ["comment"] = "GroupTicketing itop doctor", ["fields"] = fields, ["output_fields"] = output };
        if (key is not null)
            call["key"] = key;
        return itop.Call(call, ct);
    }
}
