using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>Replays every recording in order against simulators of its own.</summary>
public static class Replaying
{
    public static async Task<IReadOnlyList<Outcome>> All()
    {
        var outcomes = new List<Outcome>();
        var clock = new RecordedClock();
        Stage? stage = null;
        try
        {
            foreach (var step in Step.All())
            {
                if (step.At is { } at)
                    clock.Set(at);
                if (step.Seed is { } seed)
                    stage = await Next(stage, seed, clock, step.HasModule);
                else if (step.IsRecorded)
                    outcomes.Add(await Play(stage!, step));
                else
                    await SetUp(stage!, step);
            }
        }
        finally
        {
            await Close(stage);
        }
        return outcomes;
    }

    private static async Task<Stage> Next(Stage? before, string seed, TimeProvider clock, bool module)
    {
        await Close(before);
        return await Stage.Start(seed, clock, module);
    }

    private static async Task Close(Stage? stage)
    {
        if (stage is not null)
            await stage.DisposeAsync();
    }

    private static async Task<Outcome> Play(Stage stage, Step step)
    {
        if (step.Line["table"] is JsonObject table)
            return new Outcome(step, await TableOfStates.Differences(stage, table));
        var (status, body) = await new Sender(stage.Http, stage.Passwords).Send(step);
        if (status != step.Status)
            return new Outcome(step, [$": HTTP {step.Status} recorded, {status} simulated"]);
        if (step.Text("raw") is { } raw)
            return new Outcome(step, raw == body ? [] : [$": {raw} recorded, {body} simulated"]);
        return new Outcome(step, [.. Likeness.Differences(step.Line["answer"], Parsed(body))]);
    }

    private static async Task SetUp(Stage stage, Step step)
    {
        if (step.Line["faults"] is { } faults)
            (await stage.Http.PostAsJsonAsync("/sim/faults", faults)).EnsureSuccessStatusCode();
        if (step.Line["next"] is { } next)
        {
            var reference = next["reference"];
            var ids = new JsonObject(
                next.AsObject().Where(n => n.Key != "reference").Select(n => KeyValuePair.Create(n.Key, n.Value?.DeepClone()))
            );
            (await stage.Http.PostAsJsonAsync("/sim/next", new { ids, reference })).EnsureSuccessStatusCode();
        }
        if (step.Data is null)
            return;
        var (_, body) = await new Sender(stage.Http, stage.Passwords).Send(step);
        if ((int?)Parsed(body)?["code"] is not 0)
            throw new InvalidOperationException($"setting up failed: {step.Name}: {body}");
    }

    private static JsonNode? Parsed(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return JsonValue.Create(body);
        }
    }
}
