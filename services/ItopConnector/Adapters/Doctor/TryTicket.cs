using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Opens a request in the group's own organisation, writes to it, gives it a file and closes it: what no
/// reading can tell is told by that.</summary>
sealed class TryTicket(ItopClient itop, TimeProvider clock)
{
    const string Title = "GroupTicketing : essai de l’exploitant, à ignorer (itop doctor)";

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
            await WriteToGroupTicket.Close(itop, made.Key, made.Text("status") ?? "new", "Essai terminé.", ct);
            return tried;
        }
        catch (ItopException exception)
        {
            return tried with { Failed = exception.Hindrance };
        }
    }

    async Task<string?> Write(string id, CancellationToken ct)
    {
        var entry = WriteToGroupTicket.Item("Première ligne\nseconde ligne");
        var written = (
            await Do("core/update", "UserRequest", id, new JsonObject { ["public_log"] = entry }, ReadFields.Names, ct)
        )[0];
        return ReadFields.From(written).Log.LastOrDefault()?.Author;
    }

    Task Attach(string id, string org, CancellationToken ct) =>
        Do(
            "core/create",
            "Attachment",
            null,
            AttachFile.Fields(id, org, "essai.txt", "text/plain", "essai"u8.ToArray()),
            "id",
            ct
        );

    static JsonObject Fields(string org) =>
        new()
        {
            ["org_id"] = org,
            ["title"] = Title,
            ["description"] = "<p>Essai</p>",
            ["request_type"] = "incident",
        };

    Task<IReadOnlyList<ItopObject>> Do(
        string operation,
        string itopClass,
        string? key,
        JsonObject fields,
        string output,
        CancellationToken ct
    )
    {
        var call = new JsonObject
        {
            ["operation"] = operation,
            ["class"] = itopClass,
            ["comment"] = "GroupTicketing itop doctor",
            ["fields"] = fields,
            ["output_fields"] = output,
        };
        if (key is not null)
            call["key"] = key;
        return itop.Call(call, ct);
    }
}
