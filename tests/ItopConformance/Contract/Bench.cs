using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>What the checks share: the connector, the wire beside it, and the one group ticket they follow.</summary>
public sealed class Bench(Checks checks, Connector connector, Rest rest, OwnOrganisation own)
{
    public const string School = "conformite";
    public const string Title = "Panne 100 % _totale_ d'« été » 😀 <b>";

    public Checks Checks => checks;

    public Connector Connector => connector;

    public Rest Rest => rest;

    public OwnOrganisation Own => own;

    public TicketEscalated Asked { get; } =
        AskedOf(own, $"{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}", "Première ligne & <i>balise</i>\nDeuxième ligne 𝔘");

    /// <summary>A request whose description iTop's column does not take.</summary>
    public TicketEscalated TooLong { get; } =
        AskedOf(own, $"{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}-long", new string('é', 70_000));

    /// <summary>The group ticket's id in iTop, once it is opened.</summary>
    public string Id { get; set; } = "0";

    public string Reference { get; set; } = "";

    public GroupTicket Ticket => new() { Asked = ItopConnector.Core.Asked.From(Asked), ItopId = Id, Reference = Reference };

    private static TicketEscalated AskedOf(OwnOrganisation own, string id, string description) => new(
        new Heading(TicketIds.OfSchool(School, id), School, TimeProvider.System.GetUtcNow()),
        new Handover(new SchoolTicket(id, id), Title, description, new Placement()),
        "École de conformité",
        own.Name,
        own.Email,
        new GroupRoute(own.Brique, own.Service, own.SousService, own.Team, "incident", 2));
}
