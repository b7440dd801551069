using System.Collections.Immutable;
using System.Text;
using static GroupTicketing.Simulators.Page;

namespace GroupTicketing.Simulators.School;

/// <summary>The tool's screens: the tickets, and what support and requester each see of one.</summary>
public sealed class SchoolPages(string school, SchoolStore store)
{
    private const int MostShown = 500;

    private string Title => $"Outil de l'école (simulé) · {school}";

    public IResult List()
    {
        var rows = new StringBuilder();
        foreach (var ticket in store.All.Take(MostShown))
            rows.Append(
                $"""
                <tr><td><a href="/tickets/{Uri.EscapeDataString(ticket.Number)}">{Text(ticket.Number)}</a></td><td>{Text(
                    ticket.Title
                )}</td>
                <td>{Text(ticket.Reference)}</td><td><span class="state">{Text(State(ticket))}</span></td></tr>
                """
            );
        return Show(Title, $"""
            <h1>Tickets</h1>
            <table>
            <thead><tr><th>Ticket</th><th>Titre</th><th>Référence du groupe</th><th>État au groupe</th></tr></thead>
            <tbody>{rows}</tbody>
            </table>
            """);
    }

    public IResult Ticket(string number)
    {
        if (store.Find(number) is not { } ticket)
            return Results.NotFound();
        return Show(Title, $"""
            <h1>Ticket {Text(ticket.Number)} · {Text(ticket.Title)} <span class="state">{Text(State(ticket))}</span></h1>
            <p class="facts">Référence du groupe : {Text(ticket.Reference ?? "pas encore")}</p>
            <div class="text">{Text(ticket.Description)}</div>
            <h2>Ce que voit le support (notes privées)</h2>
            {Messages(ticket.Notes, "support")}
            <h2>Ce que voit le demandeur</h2>
            {Messages(ticket.Inbox, "requester")}
            """);
    }

    private static string Messages(ImmutableList<Message> messages, string audience)
    {
        if (messages.IsEmpty)
            return """<p class="empty">Rien.</p>""";
        var html = new StringBuilder();
        foreach (var message in messages)
            html.Append(
                $"""
                <article class="{audience}"><small>{Text(
                    $"{message.At:yyyy-MM-dd HH:mm:ss} UTC · {message.Type} {message.Author}"
                )}</small>
                <div class="text">{Text(message.Text)}</div>{File(message.File)}</article>
                """
            );
        return html.ToString();
    }

    private static string File(ToldFile? file) => file is null ? "" : $"<div>Fichier : {Text(file.Name)}</div>";

    private static string State(SchoolTicket ticket) => ticket.State switch
    {
        null => "non transmis au groupe",
        "held" => "à orienter",
        "refused" => "non pris en charge par le groupe",
        "open" => "transmis au groupe",
        "assigned" => "pris en charge",
        "pending" => "en attente de votre réponse",
        "resolved" => "solution proposée, à valider",
        "closed" => "ticket groupe fermé",
        "returned" => "rendu à l'école",
        var other => other,
    };
}
