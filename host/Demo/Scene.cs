using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Host.Commands;

namespace GroupTicketing.Host.Demo;

/// <summary>One ticket's whole life: handed over, taken, asked, answered, solved, confirmed; each step printed as it is
/// seen to have happened.</summary>
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
        Step(CommandTexts.Text("DemoRecorded", Recorded));
        await actor.HandOverRecorded(Stage.Lyon, Path.Combine(Stage.Folder, "rt-ticket.created.json"), ct);
        var before = await actor.UntilTold(Stage.Lyon, Recorded, "group.held", ct);
        if (before["reference"] is { } known)
        {
            Step(CommandTexts.Text("DemoHandedOver", known));
            return;
        }
        Step(CommandTexts.Text("DemoPlacing"));
        await actor.Place(Recorded, "OpenMoodle", ct);
        var told = await actor.UntilTold(Stage.Lyon, Recorded, "group.referenced", ct);
        Step(CommandTexts.Text("DemoReferenced", told["reference"]!));
    }

    async Task PlayChain(CancellationToken ct)
    {
        Step(CommandTexts.Text("DemoTicket"));
        var ticket = await actor.HandOver(Stage.Toulouse, Ticket(), ct);
        var reference = (await actor.UntilTold(Stage.Toulouse, ticket, "group.referenced", ct))["reference"]!.GetValue<string>();
        Step(CommandTexts.Text("DemoKnows", ticket, reference));
        var made = await actor.SeenInItop(reference, _ => true, CommandTexts.Text("DemoAwaitedExists", reference), ct);
        var id = made["id"]!.GetValue<string>();

        await Intervenant(id, "ev_assign", new JsonObject(), ct);
        Step(CommandTexts.Text("DemoTakes"));
        await actor.UntilTold(Stage.Toulouse, ticket, "group.assigned", ct);
        Step(CommandTexts.Text("DemoTold"));

        await Intervenant(
            id,
            "ev_pending",
            new JsonObject
            {
                ["pending_reason"] = "Quelle est l’adresse du compte à créer ?",
                ["public_log"] = "Quelle est l’adresse du compte à créer ?",
            },
            ct
        );
        Step(CommandTexts.Text("DemoAsks"));
        await actor.UntilTold(Stage.Toulouse, ticket, "group.pending", ct);
        Step(CommandTexts.Text("DemoTold"));

        await actor.Say(
            Stage.Toulouse,
            ticket,
            "ticket.answered",
            new JsonObject
            {
                ["id"] = $"a-{ticket}",
                ["text"] = "claude.martin@toulouse.example",
                ["by"] = "support",
            },
            ct
        );
        Step(CommandTexts.Text("DemoReplies"));
        await actor.SeenInItop(reference, Is("assigned"), CommandTexts.Text("DemoAwaitedAssigned", reference), ct);
        Step(CommandTexts.Text("DemoReplied"));

        await Intervenant(id, "ev_resolve", new JsonObject { ["solution"] = "Compte créé, invitation envoyée." }, ct);
        Step(CommandTexts.Text("DemoSolves"));
        await actor.UntilTold(Stage.Toulouse, ticket, "group.resolved", ct);
        Step(CommandTexts.Text("DemoSolved"));

        await actor.Say(Stage.Toulouse, ticket, "ticket.confirmed", new JsonObject(), ct);
        Step(CommandTexts.Text("DemoConfirms"));
        await actor.SeenInItop(reference, Is("closed"), CommandTexts.Text("DemoAwaitedClosed", reference), ct);
        var end = await actor.UntilTold(Stage.Toulouse, ticket, "group.closed", ct);
        Step(CommandTexts.Text("DemoClosed"));
        if (end["inbox"]!.AsArray().Count > 0)
            throw new DemoFailed(CommandTexts.Text("DemoTooMuch"));
        Step(CommandTexts.Text("DemoRequester"));
    }

    static Func<JsonObject, bool> Is(string status) => fields => fields["status"]!.GetValue<string>() == status;

    Task Intervenant(string id, string stimulus, JsonObject fields, CancellationToken ct) =>
        actor.InItop(
            "core/apply_stimulus",
            new JsonObject
            {
                ["class"] = "UserRequest",
                ["key"] = id,
                ["stimulus"] = stimulus,
                ["fields"] = fields,
                ["output_fields"] = "id,status",
            },
            ct
        );

    static JsonObject Ticket() =>
        new()
        {
            ["title"] = "Création d’un compte Scénari pour une enseignante",
            ["description"] = "Bonjour,\nune nouvelle enseignante a besoin d’un compte auteur.\nMerci.",
            ["brique"] = "Scénari",
            ["service"] = "Gestion des comptes",
            ["sousService"] = "Création de compte",
            ["urgency"] = "normal",
            ["requester"] = new JsonObject { ["name"] = "Claude Martin", ["email"] = "claude.martin@toulouse.example" },
            ["summary"] = "Compte auteur, groupe « Mathématiques ».",
            ["files"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = "f1",
                    ["name"] = "demande.txt",
                    ["type"] = "text/plain",
                    ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("Compte auteur\n")),
                }
            ),
        };

    void Step(string text) =>
        screen.WriteLine(
            $"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff}  "
                + $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds, 6:0.00} s  {text}"
        );
}
