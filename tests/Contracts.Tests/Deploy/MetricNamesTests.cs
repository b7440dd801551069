using System.Text.RegularExpressions;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

/// <summary>Source, dashboards and alerts name the same metrics: those of deploy/prometheus/metrics.txt.</summary>
public sealed partial class MetricNamesTests
{
    static readonly string[] others =
    [
        "rabbitmq_detailed_queue_messages_ready", "rabbitmq_alarms_free_disk_space_watermark", "up", "ALERTS",
    ];

    static readonly string[] labelsOfOthers = ["service", "job", "le", "queue", "alertstate", "instance"];

    [Fact]
    public void What_dashboards_and_alerts_name_is_listed()
    {
        var recorded = Prometheus.Rules.Select(rule => rule["record"].Text).OfType<string>().ToList();

        foreach (var (where, expression) in Prometheus.Expressions)
            Names(expression)
                .Except([.. recorded, .. others])
                .ShouldAllBe(name => Prometheus.Metrics.ContainsKey(Family(name)), where);
    }

    [Fact]
    public void A_label_that_is_asked_for_is_one_of_the_metric_s()
    {
        foreach (var (where, expression) in Prometheus.Expressions)
        {
            var known = Names(expression)
                .SelectMany(name => Prometheus.Metrics.GetValueOrDefault(Family(name), []))
                .Concat(labelsOfOthers)
                .ToList();
            Asked(expression).ShouldAllBe(label => known.Contains(label), where);
        }
    }

    [Fact]
    public void What_the_source_measures_is_listed()
    {
        var measured = Measured().ToList();

        measured.Count.ShouldBeGreaterThan(4);
        measured.Except(Prometheus.Metrics.Keys.Select(Plain)).ShouldBeEmpty("add it to deploy/prometheus/metrics.txt");
    }

    [Fact]
    public void What_is_listed_is_measured_by_the_source() =>
        Prometheus
            .Metrics.Keys.Select(Plain)
            .Except(Measured())
            .ShouldBeEmpty("delete it from deploy/prometheus/metrics.txt, and what uses it");

    static IEnumerable<string> Names(string expression) =>
        Word()
            .Matches(Braces().Replace(Grouping().Replace(expression, " "), " "))
            .Select(match => match.Value)
            .Where(word => word.Contains('_') || word is "up" or "ALERTS")
            .Where(word => word is not "histogram_quantile" and not "group_left")
            .Distinct();

    static IEnumerable<string> Asked(string expression) =>
        Grouping()
            .Matches(expression)
            .SelectMany(match => match.Groups[1].Value.Split(','))
            .Concat(
                Braces()
                    .Matches(expression)
                    .SelectMany(match => Label().Matches(match.Value))
                    .Select(match => match.Groups[1].Value)
            )
            .Select(label => label.Trim())
            .Where(label => label.Length > 0);

    static string Family(string name) => Regex.Replace(name, "_(bucket|count|sum)$", "");

    // The exporter adds the unit and the kind, and writes an underscore for a point.
    static string Plain(string name) => Regex.Replace(name, "(_seconds|_bytes)?(_total)?$", "");

    static IEnumerable<string> Measured() => new[] { "platform", "services", "host", "gateway" }
        .SelectMany(folder => Directory.GetFiles(Tree.Path(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/")).SelectMany(file => Metric().Matches(File.ReadAllText(file)))
        .Select(match => Plain(match.Groups[1].Value.Replace('.', '_'))).Distinct();

    [GeneratedRegex(@"""(groupticketing(?:\.[a-z_]+)+)"",")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?<![\w:$])[A-Za-z][\w:]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:by|on|without|ignoring) \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"(\w+) *(?:=~|!=|!~|=)")]
    private static partial Regex Label();
}
