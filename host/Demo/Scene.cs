using System.Text;
using System.Text.Json.Nodes;

namespace GroupTicketing.Host.Demo;

/// <summary>One ticket's whole life: handed over, taken, asked, answered, solved, confirmed; each step printed as it is seen to have happened.</summary>
sealed class Scene(Actor actor, TextWriter screen)
{
    const string Recorded = "18";

    readonly long started = TimeProvider.System.GetTimestamp();

    public async Task Play(CancellationToken ct)
    {
        await PlayRecorded(ct);
        await PlayChain(ct);
    }

    /// <summary>A recorded Request Tracker ticket that names no brique: the C2IP places it.</summary>
    async Task PlayRecorded(CancellationToken ct)
    {
        Step($"INSA Lyon (Request Tracker) transmet son ticket {Recorded}");
        await actor.HandOverRecorded(Stage.Lyon, Path.Combine(Stage.Folder, "rt-ticket.created.json"), ct);
        var before = await actor.Told(Stage.Lyon, Recorded, "group.held", ct);
        if (before["reference"] is { } known)
        {
            Step($"  … déjà transmis lors d’un lancement précédent : {known}");
            return;
        }
        Step("  … aucune brique nommée : à orienter ; le C2IP l’oriente vers OpenMoodle");
        await actor.Place(Recorded, "OpenMoodle", ct);
        var told = await actor.Told(Stage.Lyon, Recorded, "group.referenced", ct);
        Step($"  … INSA Lyon a la référence du groupe : {told["reference"]}");
    }

    async Task PlayChain(CancellationToken ct)
    {
        Step("INSA Toulouse transmet : Scénari > Gestion des comptes > Création de compte");
        var ticket = await actor.HandOver(Stage.Toulouse, Ticket(), ct);
        var reference = (await actor.Told(Stage.Toulouse, ticket, "group.referenced", ct))["reference"]!.GetValue<string>();
        Step($"  … ticket {ticket} de l’école = {reference} dans iTop, et l’école le sait");
        var id = (await actor.SeenInItop(reference, _ => true, "exists", ct))["id"]!.GetValue<string>();

        await Intervenant(id, "ev_assign", new JsonObject(), ct);
        Step("L’intervenant prend le ticket dans iTop");
        await actor.Told(Stage.Toulouse, ticket, "group.assigned", ct);
        Step("  … l’école est prévenue");

        await Intervenant(id, "ev_pending", new JsonObject { ["pending_reason"] = "Quelle est l’adresse du compte à créer ?", ["public_log"] = "Quelle est l’adresse du compte à créer ?" }, ct);
        Step("L’intervenant demande une précision");
        await actor.Told(Stage.Toulouse, ticket, "group.pending", ct);
        Step("  … l’école est prévenue");

        await actor.Say(Stage.Toulouse, ticket, "ticket.answered", new JsonObject { ["id"] = $"a-{ticket}", ["text"] = "claude.martin@toulouse.example", ["by"] = "support" }, ct);
        Step("L’école répond");
        await actor.SeenInItop(reference, fields => fields["status"]!.GetValue<string>() == "assigned", "is assigned again", ct);
        Step("  … la réponse est dans iTop et le ticket revient à son agent");

        await Intervenant(id, "ev_resolve", new JsonObject { ["solution"] = "Compte créé, invitation envoyée." }, ct);
        Step("L’intervenant propose une solution");
        await actor.Told(Stage.Toulouse, ticket, "group.resolved", ct);
        Step("  … l’école la reçoit, à valider par son support");

        await actor.Say(Stage.Toulouse, ticket, "ticket.confirmed", new JsonObject(), ct);
        Step("Le support de l’école valide");
        await actor.SeenInItop(reference, fields => fields["status"]!.GetValue<string>() == "closed", "is closed", ct);
        var end = await actor.Told(Stage.Toulouse, ticket, "group.closed", ct);
        Step("  … le ticket du groupe est fermé, l’école le sait");
        if (end["inbox"]!.AsArray().Count > 0)
            throw new DemoFailed("the requester received something, and should not");
        Step("Le demandeur n’a rien reçu d’autre que ce que son école lui dit");
    }

    Task Intervenant(string id, string stimulus, JsonObject fields, CancellationToken ct) => actor.InItop(
        "core/apply_stimulus", new JsonObject { ["class"] = "UserRequest", ["key"] = id, ["stimulus"] = stimulus, ["fields"] = fields, ["output_fields"] = "id,status" }, ct);

    static JsonObject Ticket() => new()
    {
        ["title"] = "Création d’un compte Scénari pour une enseignante",
        ["description"] = "Bonjour,\nune nouvelle enseignante a besoin d’un compte auteur.\nMerci.",
        ["brique"] = "Scénari",
        ["service"] = "Gestion des comptes",
        ["sousService"] = "Création de compte",
        ["urgency"] = "normal",
        ["requester"] = new JsonObject { ["name"] = "Claude Martin", ["email"] = "claude.martin@toulouse.example" },
        ["summary"] = "Compte auteur, groupe « Mathématiques ».",
        ["files"] = new JsonArray(new JsonObject { ["id"] = "f1", ["name"] = "demande.txt", ["type"] = "text/plain", ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("Compte auteur\n")) }),
    };

    void Step(string text) => screen.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff}  {TimeProvider.System.GetElapsedTime(started).TotalSeconds,6:0.00} s  {text}");
}
