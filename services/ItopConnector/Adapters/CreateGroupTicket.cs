using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>The creation itself: what iTop's form would have taken, with our key.</summary>
public sealed class CreateGroupTicket(ItopClient itop, ItopNames names, ItopKey key, ChooseCaller callers)
{
    public async Task<ItopRead> Create(TicketEscalated asked, CancellationToken ct)
    {
        var fields = await Fields(asked, ct);
        var created = await key.With(isKeyed => itop.Call(Operation(asked, fields, isKeyed), ct), ct);
        return ReadFields.From(ItopAnswers.Only(created, "created"));
    }

    async Task<JsonObject> Fields(TicketEscalated asked, CancellationToken ct)
    {
        var route = asked.Route;
        var organisation = await names.Organisation(asked.Organisation, ct);
        var service = await names.Service(route.Brique, route.Service, asked.Organisation, ct);
        var sousService = await names.SousService(service, route.SousService, ct);
        var fields = new JsonObject
        {
            ["org_id"] = organisation,
            ["description"] = Description.Html(asked),
            ["service_id"] = service,
            ["servicesubcategory_id"] = sousService.Id,
            ["team_id"] = await names.Team(route.Team, ct),
            ["request_type"] = sousService.RequestType ?? route.RequestType,
            ["urgency"] = route.Urgency.ToString(),
            ["origin"] = "portal",
        };
        if (asked.Caller is not null)
            fields["caller_id"] = await callers.For(asked, organisation, ct);
        return fields;
    }

    static JsonObject Operation(TicketEscalated asked, JsonObject fields, bool isKeyed)
    {
        var all = fields.DeepClone().AsObject();
        all["title"] = Description.Title(asked, isKeyed);
        if (isKeyed)
            all[Marker.Attribute] = Marker.KeyOf(Asked.From(asked));
        return new()
        {
            ["operation"] = "core/create",
            ["class"] = "UserRequest",
            ["comment"] = $"GroupTicketing {asked.Heading.TicketId:N}",
            ["fields"] = all,
            ["output_fields"] = ReadFields.From(isKeyed),
        };
    }
}
