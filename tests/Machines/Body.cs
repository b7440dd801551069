using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Tests;

public static class Body
{
    public static HttpContent Of(object value) => JsonContent.Create(value);

    /// <summary>A ticket as a school hands it over.</summary>
    public static JsonObject Ticket(string number, string title = "Création d’un compte") => new()
    {
        ["number"] = number,
        ["title"] = title,
        ["description"] = "Bonjour, un compte s’il vous plaît.",
        ["brique"] = "Scénari",
        ["service"] = "Gestion des comptes",
        ["sousService"] = "Création de compte",
    };
}
