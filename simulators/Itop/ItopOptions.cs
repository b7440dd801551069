namespace GroupTicketing.Simulators.Itop;

/// <summary>What the simulated iTop is told.</summary>
/// <param name="Data">Where its objects and its ledger lie.</param>
/// <param name="Seed">The catalogue and accounts of a fresh one; what is on file wins.</param>
/// <param name="Latency">How long each call takes at least.</param>
public sealed record ItopOptions(string Urls, string Data, string? Seed, TimeSpan Latency)
{
    public static ItopOptions From(Arguments arguments) => new(
        arguments.Required("urls"),
        arguments.Required("data"),
        arguments.Optional("seed"),
        TimeSpan.FromMilliseconds(int.Parse(arguments.Optional("latency") ?? "0")));
}
