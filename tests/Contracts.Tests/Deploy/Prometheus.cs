using System.Text.Json;
using System.Text.RegularExpressions;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

/// <summary>The rules, the dashboards, and the one list of metrics they may name.</summary>
static partial class Prometheus
{
    public static IReadOnlyList<Yaml> Rules { get; } =
        [.. Nodes(Yaml.Load(Tree.Path("deploy/prometheus/alerts.yml"))["groups"]).SelectMany(group => Nodes(group["rules"]))];

    public static IReadOnlyDictionary<string, JsonElement> Dashboards { get; } =
        Directory.GetFiles(Tree.Path("deploy/grafana/dashboards"), "*.json")
            .ToDictionary(file => Path.GetFileName(file)!, file => JsonDocument.Parse(File.ReadAllText(file)).RootElement);

    /// <summary>Every metric of ours with its labels.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Metrics { get; } =
        File.ReadLines(Tree.Path("deploy/prometheus/metrics.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => Listed().Match(line))
            .ToDictionary(
                match => match.Groups[1].Value,
                match => (IReadOnlyList<string>)match.Groups[2].Value.Split(',', StringSplitOptions.RemoveEmptyEntries)
            );

    public static IEnumerable<JsonElement> Panels(JsonElement dashboard) => dashboard.GetProperty("panels").EnumerateArray();

    /// <summary>Every expression, with where it stands.</summary>
    public static IEnumerable<(string Where, string Expression)> Expressions => Rules
        .Select(rule => (rule["alert"].Text ?? rule["record"].Text!, rule["expr"].Text!))
        .Concat(Dashboards.SelectMany(page => Panels(page.Value).Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray(), (panel, target) =>
                ($"{page.Key}: {panel.GetProperty("title").GetString()}", target.GetProperty("expr").GetString()!))));

    static IEnumerable<Yaml> Nodes(Yaml list) => ((IList<object>)list.Node!).Select(node => new Yaml(node));

    [GeneratedRegex(@"^(groupticketing_\w+)(?:\{([\w,]+)\})?  +\S")]
    private static partial Regex Listed();
}
