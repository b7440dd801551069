using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Pages;

/// <summary>What an intervenant would look at.</summary>
static class ItopPages
{
    public static string Tickets(ItopStore store)
    {
        var rows = store.All("UserRequest").OrderByDescending(ticket => ticket.Id).Take(200).Select(ticket => new[]
        {
            $"<a href=\"/tickets/{ticket.Id}\">{Html.E(ticket.Text("ref"))}</a>",
            Html.E(ticket.Text("title")),
            Html.E(Place(store, ticket)),
            Html.E(ticket.Text("status")),
            Html.E(store.Read(ticket, "agent_id_friendlyname") as string),
            Html.E(ticket.Text("last_update")),
        });
        return Html.Page("iTop du groupe (simulé)", Html.Table(["Réf.", "Titre", "Brique › service › sous-service", "État", "Agent", "Mise à jour"], rows));
    }

    public static string Ticket(ItopStore store, ItopObject ticket)
    {
        var log = string.Concat(ticket.Log("public_log").Reverse().Select(entry =>
            $"<article><header>{Html.E(entry.Date)} · {Html.E(entry.UserLogin)}</header>{Html.Text(entry.Message)}</article>"));
        var facts = Html.Table(["État", "Équipe", "Agent", "Service"], [[
            Html.E(ticket.Text("status")),
            Html.E(store.Read(ticket, "team_name") as string),
            Html.E(store.Read(ticket, "agent_id_friendlyname") as string),
            Html.E(Place(store, ticket)),
        ]]);
        var description = Html.Text(Itop.Rest.RichText.ToText(ticket.Text("description")));
        return Html.Page($"{ticket.Text("ref")} {ticket.Text("title")}", $"<p><a href=\"/\">← Tous les tickets</a></p>{facts}{description}<h2>Journal public</h2>{log}");
    }

    private static string Place(ItopStore store, ItopObject ticket)
    {
        var family = store.Follow(ticket, "service_id") is { } service ? store.Read(service, "servicefamily_name") as string : null;
        var parts = new[] { family, store.Read(ticket, "service_name") as string, store.Read(ticket, "servicesubcategory_name") as string };
        return string.Join(" › ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }
}
