using GroupTicketing.Simulators.School;

namespace GroupTicketing.Simulators.Pages;

/// <summary>What the school's support sees, and what its requesters receive.</summary>
static class SchoolPages
{
    public static string Tickets(string school, IReadOnlyList<SchoolTicket> tickets)
    {
        var rows = tickets.Reverse().Take(200).Select(ticket => new[]
        {
            $"<a href=\"/tickets/{Html.E(ticket.Number)}\">{Html.E(ticket.Number)}</a>", Html.E(ticket.Title), Html.E(ticket.Reference ?? "—"), Html.E(ticket.State ?? "—"),
        });
        return Html.Page($"Outil de {school} (simulé)", Html.Table(["N°", "Titre", "Réf. groupe", "État"], rows));
    }

    public static string Ticket(string school, SchoolTicket ticket)
    {
        var body = $"""
            <p><a href="/">← Tous les tickets</a></p>
            <p>Réf. groupe : {Html.E(ticket.Reference ?? "—")} · état : {Html.E(ticket.State ?? "—")}</p>
            <section class="support"><h2>Notes du support</h2>{Notes(ticket.SupportNotes)}</section>
            <section class="requester"><h2>Messages reçus par le demandeur</h2>{Notes(ticket.RequesterMessages)}</section>
            """;
        return Html.Page($"{school} · {ticket.Number} · {ticket.Title}", body);
    }

    private static string Notes(IEnumerable<Told> told)
    {
        var notes = string.Concat(told.Select(one => $"<article><header>{one.At:HH:mm:ss} · {Html.E(one.Type)} · {Html.E(one.Author)}</header>{Html.Text(one.Text)}</article>"));
        return notes.Length == 0 ? "<p>Aucun.</p>" : notes;
    }
}
