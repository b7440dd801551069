using System.Diagnostics.Metrics;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GroupTicketing.Intake;

/// <summary>What the intake counts, by closed sets: schools that have a file, names of facts, codes of refusals.</summary>
static class IntakeMetrics
{
    static readonly Counter<long> accepted = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.accepted",
        "{post}",
        "Posts taken and read, once each; by the first fact they say."
    );
    static readonly Counter<long> refused = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.refused",
        "{post}",
        "Posts refused, by the code of the answer."
    );

    public static void Accepted(string school, object? firstFact) =>
        accepted.Add(1, new("school", school), new("kind", firstFact?.GetType().Name ?? "none"));

    /// <param name="school">Its slug, or null for one without a file.</param>
    public static void Refused(string? school, ProblemHttpResult answer)
    {
        var type = answer.ProblemDetails.Type ?? "";
        refused.Add(1, new("school", school ?? "unknown"), new("reason", type[(type.LastIndexOf(':') + 1)..]));
    }
}
