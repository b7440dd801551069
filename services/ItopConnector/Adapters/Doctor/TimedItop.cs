using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop, with how long each call took.</summary>
sealed class TimedItop(ItopClient itop, TimeProvider clock)
{
    readonly List<TimeSpan> took = [];

    public IReadOnlyList<TimeSpan> Took => took;

    public ItopClient Itop => itop;

    public async Task<IReadOnlyList<ItopObject>> Call(JsonObject operation, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        try
        {
            return await itop.Call(operation, ct);
        }
        finally
        {
            took.Add(clock.GetElapsedTime(began));
        }
    }

    public Task<IReadOnlyList<ItopObject>> Get(string of, string oql, string fields, int most, CancellationToken ct) =>
        Call(
            new JsonObject
            {
                ["operation"] = "core/get",
                ["class"] = of,
                ["key"] = oql,
                ["output_fields"] = fields,
                ["limit"] = most,
                ["page"] = 1,
            },
            ct
        );
}
