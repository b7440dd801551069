namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>One of a request's stopwatches. Its value is refreshed only when it stops.</summary>
/// <param name="Metric">The attribute of its value: seconds.</param>
public sealed record Watch(string Metric, string[] RunningIn)
{
    public static readonly Watch ToOwn = new("tto", ["new", "escalated_tto", "approved"]);

    public static readonly Watch ToResolve = new("ttr", ["new", "escalated_tto", "approved", "assigned", "escalated_ttr"]);

    private string StartedCode => $"({Metric} started)";

    public bool Runs(string state) => RunningIn.Contains(state);

    public string Started(ItopObject ticket) =>
        ticket.Values.GetValueOrDefault(StartedCode) as string ?? ticket.Text("start_date");

    /// <summary>What a transition does to it.</summary>
    public void Move(ItopObject ticket, string target, string now, Dictionary<string, object?> effects)
    {
        var (ran, runs) = (Runs(ticket.Text("status")), Runs(target));
        if (!ran && runs)
            effects[StartedCode] = now;
        if (ran && !runs)
            effects[Metric] = ticket.Number(Metric) + Rest.LocalTime.Seconds(Started(ticket), now);
    }
}
