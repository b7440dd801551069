namespace GroupTicketing.Simulators.Itop;

/// <summary>How to start the simulated iTop.</summary>
/// <param name="Urls">Where it listens.</param>
/// <param name="Data">The folder of its state and ledger.</param>
/// <param name="Seed">The catalogue it starts with, a JSON file; state that is already there wins. Null: empty.</param>
/// <param name="LatencyMs">How long each call takes. Default 50.</param>
/// <param name="Module">Whether our optional module is installed, at first. Default no: a stock iTop.</param>
public sealed record ItopOptions(string Urls, string Data, string? Seed, int LatencyMs = 50, bool Module = false)
{
    public static ItopOptions From(Arguments arguments) => new(
        arguments.Required("urls"),
        arguments.Required("data"),
        arguments.Optional("seed"),
        int.Parse(arguments.Optional("latency") ?? "50"),
        bool.Parse(arguments.Optional("module") ?? "false"));
}
