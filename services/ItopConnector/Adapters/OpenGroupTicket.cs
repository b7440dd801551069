using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Creates the group ticket, once: after any doubt it looks for our key first.</summary>
public sealed class OpenGroupTicket(ItopClient itop, ItopNames names, ItopLinks links, AttachFile attach, TimeProvider clock)
{
    static readonly Counter<long> twins = Telemetry.Meter.CreateCounter<long>("groupticketing.itop.twins", "{ticket}", "Group tickets opened twice and closed as such.");

    public async Task<Answer> Pay(Attempt attempt, TicketEscalated asked, CancellationToken ct)
    {
        var organisation = await names.Organisation(asked.Organisation, ct);
        var marker = Marker.Of(asked);
        if (attempt.InDoubt is not null)
        {
            if (await Find(organisation, marker, ct) is { } found)
                return await Opened(found, asked, ct);
            if (attempt.Unsettled(clock.GetUtcNow()) is { Ticks: > 0 } rest)
                return new Answer.TryAgain("iTop may still be creating it", rest, Sent: false);
        }
        return await Opened(await Create(organisation, marker, asked, ct), asked, ct);
    }

    /// <summary>The link goes by iTop's id from here on: a title may be edited, and not every school's id can be read back from one.</summary>
    async Task<Answer> Opened(ItopRead read, TicketEscalated asked, CancellationToken ct)
    {
        await links.Keep(read.Id, asked.Heading.TicketId, ct);
        if (Description.Text(Marker.Of(asked), asked) is not { } whole)
            return new Answer.Done(read);
        return new Answer.Done(read with { Whole = await attach.Text(read.Id, asked.Organisation, Description.FileName, whole, ct) });
    }

    /// <summary>The ticket that bears our key. Of two the lower id is kept, and the other closed with a sentence.</summary>
    async Task<ItopRead?> Find(string organisation, string marker, CancellationToken ct)
    {
        var oql = $"SELECT UserRequest WHERE org_id = {organisation} AND title LIKE {ItopClient.QuoteLike(marker, " %")}";
        var found = (await itop.Get("UserRequest", oql, ReadFields.Names, ct)).Select(ReadFields.Of).OrderBy(read => long.Parse(read.Id)).ToList();
        foreach (var twin in found.Skip(1).Where(read => States.Of(read.Status) != "closed"))
            await CloseTwin(twin, found[0], ct);
        return found.FirstOrDefault();
    }

    async Task<ItopRead> Create(string organisation, string marker, TicketEscalated asked, CancellationToken ct)
    {
        var route = asked.Route;
        var service = await names.Service(route.Brique, route.Service, asked.Organisation, ct);
        var sousService = await names.SousService(service, route.SousService, ct);
        var fields = new JsonObject
        {
            ["org_id"] = organisation,
            ["title"] = Description.Title(marker, asked.Title),
            ["description"] = Description.Html(asked),
            ["service_id"] = service,
            ["servicesubcategory_id"] = sousService.Id,
            ["team_id"] = await names.Team(route.Team, ct),
            ["request_type"] = sousService.RequestType ?? route.RequestType,
            ["urgency"] = route.Urgency.ToString(),
            ["origin"] = "portal",
        };
        if (asked.Caller is not null)
            fields["caller_id"] = await Caller(asked, organisation, ct);
        var created = await itop.Call(
            new JsonObject
            {
                ["operation"] = "core/create",
                ["class"] = "UserRequest",
                ["comment"] = $"GroupTicketing {asked.Heading.TicketId:N}",
                ["fields"] = fields,
                ["output_fields"] = ReadFields.Names,
            },
            ct);
        return created.Count == 1 ? ReadFields.Of(created[0]) : throw new ItopException(ItopFault.Broken, new Answer.TryAgain("iTop said it created, and shows nothing"));
    }

    /// <summary>The requester where the school names them and iTop knows them in its organisation; else the school's support contact, who must be there. Nobody is created.</summary>
    async Task<string> Caller(TicketEscalated asked, string organisation, CancellationToken ct)
    {
        foreach (var contact in new[] { asked.Caller, asked.SupportContact }.OfType<string>())
        {
            if (await names.PersonOrNull(contact, organisation, ct) is { } person)
                return person;
        }
        throw new ItopException(ItopFault.NotThere, new Answer.Refused($"the support contact of {asked.SchoolName} is no person of {asked.Organisation} in iTop: add them there or mend the school's file, then retry"));
    }

    async Task CloseTwin(ItopRead twin, ItopRead kept, CancellationToken ct)
    {
        twins.Add(1);
        await WriteToGroupTicket.Close(itop, twin.Id, twin.Status, $"Ouvert deux fois : voir {kept.Reference}.", ct);
    }
}
