using System.Globalization;
using GroupTicketing.Simulators.Itop.Rest;

namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>The deadlines of a request by the targets of its contract's SLA. They are only shown: nothing passes here,
/// as in an iTop whose cron does not run.</summary>
public static class Escalation
{
    public static string? Read(ItopStore store, ItopObject ticket, string code) => code switch
    {
        "sla_tto_passed" or "sla_ttr_passed" => "non",
        "sla_tto_over" or "sla_ttr_over" => null,
        "tto_escalation_deadline" => Deadline(store, ticket, Watch.ToOwn),
        "ttr_escalation_deadline" => Deadline(store, ticket, Watch.ToResolve),
        _ => "",
    };

    private static string Deadline(ItopStore store, ItopObject ticket, Watch watch)
    {
        if (
            !watch.Runs(ticket.Text("status"))
            || Targets(store, ticket, watch.Metric).DefaultIfEmpty(TimeSpan.Zero).Min() is not { Ticks: > 0 } target
        )
            return "";
        var started = DateTime.ParseExact(watch.Started(ticket), LocalTime.Format, CultureInfo.InvariantCulture);
        return (started + target)
            .AddSeconds(-ticket.Number(watch.Metric))
            .ToString(LocalTime.Format, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<TimeSpan> Targets(ItopStore store, ItopObject ticket, string metric) =>
        from line in store.All("lnkCustomerContractToService")
        where
            line.Text("service_id") == ticket.Text("service_id")
            && store.Follow(line, "customercontract_id")?.Text("org_id") == ticket.Text("org_id")
        from link in store.All("lnkSLAToSLT")
        where link.Text("sla_id") == line.Text("sla_id")
        let target = store.Follow(link, "slt_id")
        where target is not null && Applies(target, ticket, metric)
        select Span(target);

    private static bool Applies(ItopObject target, ItopObject ticket, string metric) =>
        target.Text("metric") == metric
        && target.Text("priority") == ticket.Text("priority")
        && target.Text("request_type") == ticket.Text("request_type");

    private static TimeSpan Span(ItopObject target)
    {
        var value = int.Parse(target.Text("value"), CultureInfo.InvariantCulture);
        return target.Text("unit") == "hours" ? TimeSpan.FromHours(value) : TimeSpan.FromMinutes(value);
    }
}
