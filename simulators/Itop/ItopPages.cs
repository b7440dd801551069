using System.Text;
using GroupTicketing.Simulators.Itop.Rest;
using GroupTicketing.Simulators.Itop.Store;
using static GroupTicketing.Simulators.Page;

namespace GroupTicketing.Simulators.Itop;

/// <summary>What an intervenant would see: the list of requests and one request with its public log.</summary>
public sealed class ItopPages(ItopStore store)
{
    private const string Title = "iTop du groupe (simulé)";
    private const int MostShown = 500;

    private static readonly Dictionary<string, string> States = new(StringComparer.Ordinal)
    {
        ["new"] = "Nouveau",
        ["waiting_for_approval"] = "En attente d'approbation",
        ["approved"] = "Approuvée",
        ["rejected"] = "Rejetée",
        ["assigned"] = "Assignée",
        ["pending"] = "En attente",
        ["escalated_tto"] = "Escalade TTO",
        ["escalated_ttr"] = "Escalade TTR",
        ["resolved"] = "Résolue",
        ["closed"] = "Fermée",
    };

    public IResult List()
    {
        var tickets = store.All("UserRequest").OrderByDescending(t => t.Id).Take(MostShown);
        var rows = new StringBuilder();
        foreach (var ticket in tickets)
            rows.Append(Row(ticket));
        return Show(Title, $"""
            <h1>Demandes</h1>
            <table>
            <thead><tr>
            <th>Réf.</th><th>Titre</th><th>Client</th><th>Brique &gt; service &gt; sous-service</th><th>État</th><th>Agent</th>
            <th>Dernière mise à jour</th>
            </tr></thead>
            <tbody>{rows}</tbody>
            </table>
            """);
    }

    public IResult Ticket(int id)
    {
        if (store.Find("UserRequest", id) is not { } ticket)
            return Results.NotFound();
        var team = $"{Of(ticket, "team_name")} {Of(ticket, "agent_id_friendlyname")}";
        var body = new StringBuilder($"""
            <h1>{Text(ticket.Text("ref"))} · {Text(ticket.Text("title"))} <span class="state">{State(ticket)}</span></h1>
            <p class="facts">{Text(Of(ticket, "org_name"))} · {Text(Place(ticket))} · {Text(team)}</p>
            <div class="text">{Text(RichText.ToText(ticket.Text("description")))}</div>
            """);
        if (ticket.Text("pending_reason") != "")
            body.Append($"""<h2>Motif de mise en attente</h2><div class="text">{Text(ticket.Text("pending_reason"))}</div>""");
        if (ticket.Text("solution") != "")
            body.Append($"""<h2>Solution</h2><div class="text">{Text(RichText.ToText(ticket.Text("solution")))}</div>""");
        body.Append("<h2>Journal public</h2>");
        foreach (var entry in ticket.Log("public_log"))
            body.Append($"""
                <article><small>{Text(entry.Date)} · {Text(entry.UserLogin)}</small>
                <div class="text">{Text(entry.Message)}</div></article>
                """);
        body.Append("<h2>Fichiers</h2>");
        foreach (
            var file in store.All("Attachment").Where(a => a.Text("item_id") == $"{id}" && a.Text("item_class") == "UserRequest")
        )
            body.Append($"""<article>{Text((file.Values.GetValueOrDefault("contents") as Blob)?.Filename)}</article>""");
        return Show(Title, body.ToString());
    }

    private string Row(ItopObject ticket) => $"""
        <tr>
        <td><a href="/tickets/{ticket.Id}">{Text(ticket.Text("ref"))}</a></td>
        <td>{Text(ticket.Text("title"))}</td>
        <td>{Text(Of(ticket, "org_name"))}</td>
        <td>{Text(Place(ticket))}</td>
        <td><span class="state">{State(ticket)}</span></td>
        <td>{Text(Of(ticket, "agent_id_friendlyname"))}</td>
        <td>{Text(ticket.Text("last_update"))}</td>
        </tr>
        """;

    private static string State(ItopObject ticket) =>
        Text(States.GetValueOrDefault(ticket.Text("status"), ticket.Text("status")));

    private string Of(ItopObject ticket, string code) => store.Read(ticket, code) as string ?? "";

    private string Place(ItopObject ticket)
    {
        var service = store.Follow(ticket, "service_id");
        var brique = service is null ? "" : Of(service, "servicefamily_name");
        string[] place = [brique, Of(ticket, "service_name"), Of(ticket, "servicesubcategory_name")];
        return string.Join(" > ", place.Where(name => name != ""));
    }
}
