using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>A request's whole life: what intervenants do, and what the connector does for the school.</summary>
public static class LifeChecks
{
    public static async Task Run(Bench bench)
    {
        var (checks, rest, id) = (bench.Checks, bench.Rest, bench.Id);
        await checks.Is("what a state does not allow is refused", Invalid(bench, "ev_resolve", "new"), async () =>
            Refused(await rest.Stimulus(id, "ev_resolve", new { solution = "x" }))
        );
        await checks.Is("an intervenant takes it", "assigned Alix Intervenant", async () =>
        {
            var taken = await rest.Stimulus(id, "ev_assign", new { team_id = bench.Own.TeamId, agent_id = bench.Own.AgentId });
            return $"{taken.Field("status")} {(await bench.Connector.Read(id)).Agent}";
        });
        await checks.Is("taking it twice is refused", Invalid(bench, "ev_assign", "assigned"), async () =>
            Refused(await rest.Stimulus(id, "ev_assign", new { }))
        );
        await checks.Is(
            "waiting needs a reason",
            "100 Missing mandatory attribute(s) for applying the stimulus: pending_reason.",
            async () => Refused(await rest.Stimulus(id, "ev_pending", new { }))
        );
        await checks.Is("it waits", "pending", async () =>
            (await rest.Stimulus(id, "ev_pending", new { pending_reason = "Quelle salle ?" })).Field("status")
        );
        await checks.Is("the reason is read", "Quelle salle ?", async () => (await bench.Connector.Read(id)).PendingReason);
        await checks.Is("the school's answer gives it back with its entry", "assigned 3", async () =>
            Seen(await Write(bench, GroupWish.Answer, "Salle 12", 3))
        );
        await checks.Is(
            "solving needs a solution",
            "100 Missing mandatory attribute(s) for applying the stimulus: solution.",
            async () => Refused(await rest.Stimulus(id, "ev_resolve", new { }))
        );
        await checks.Is("it is solved, with an entry in the same call", "resolved 4", async () =>
            Seen(await Solve(bench, "Câble changé"))
        );
        await checks.Is("the solution is read", "Câble changé", async () => (await bench.Connector.Read(id)).Solution);
        await checks.Is("the school contests", "assigned 5", async () =>
            Seen(await Write(bench, GroupWish.Reopen, "Toujours pas", 5))
        );
        await checks.Is("a former solution stays", "Câble changé", async () => (await bench.Connector.Read(id)).Solution);
        await checks.Is("the school closes: two steps", "closed 6", async () =>
            Seen(await Write(bench, GroupWish.Close, "Merci", 6))
        );
        await checks.Is("closing what is closed adds nothing", "closed 6", async () =>
            Seen(await Write(bench, GroupWish.Close, null, null))
        );
        await checks.Is("closed is the end", Invalid(bench, "ev_reopen", "closed"), async () =>
            Refused(await rest.Stimulus(id, "ev_reopen", new { }))
        );
        await checks.Is("an entry on a closed request is taken and opens nothing", "closed 7", async () =>
            Seen(await Write(bench, GroupWish.Comment, "Encore merci", 7))
        );
    }

    private static async Task<ItopConnector.Core.ItopRead> Solve(Bench bench, string solution)
    {
        await bench.Rest.Stimulus(
            bench.Id,
            "ev_resolve",
            new
            {
                solution,
                resolution_code = "assistance",
                public_log = "C'est fait",
            }
        );
        return await bench.Connector.Read(bench.Id);
    }

    private static async Task<ItopConnector.Core.ItopRead> Write(Bench bench, GroupWish wish, string? text, int? number) =>
        (
            await WritingChecks.Write(bench, wish, number, text is null ? null : $"{text}\n— École de conformité · n° {number}")
        ).Read;

    private static string Seen(ItopConnector.Core.ItopRead read) => $"{read.Status} {read.Log.Count}";

    private static string Refused(RestAnswer answer) => $"{answer.Code} {answer.Message}";

    private static string Invalid(Bench bench, string stimulus, string state) =>
        $"100 Invalid stimulus: '{stimulus}' on the object {bench.Reference} in state '{state}'";
}
