using System.Text.RegularExpressions;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

/// <summary>What an alert must carry. What it does is tested by tests/alerts.sh, with Prometheus' own tool.</summary>
public sealed class AlertsTests
{
    static readonly IReadOnlyDictionary<string, Yaml> alerts = Prometheus
        .Rules.Where(rule => rule["alert"].Text is not null)
        .ToDictionary(rule => rule["alert"].Text!);

    public static TheoryData<string> Alerts => [.. alerts.Keys];

    [Fact]
    public void There_are_alerts() => alerts.Count.ShouldBeGreaterThan(8);

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_says_how_urgent_it_is_and_what_it_means_in_both_languages(string name)
    {
        alerts[name]["labels"]["severity"].Text.ShouldBeOneOf("page", "office");
        alerts[name]["annotations"].Keys.ShouldBe(["summary", "summary_en", "runbook"]);
        alerts[name]["annotations"]["summary"].Text.ShouldNotBe(alerts[name]["annotations"]["summary_en"].Text);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Its_paragraph_is_in_both_guides_with_a_first_command(string name)
    {
        alerts[name]["annotations"]["runbook"].Text.ShouldBe($"docs/operate.md#{name.ToLowerInvariant()}");
        Paragraph("docs/operate.md", name).ShouldMatch(@"First: (.|\n)*`|Same first command");
        Paragraph("docs/fr/exploiter.md", name).ShouldMatch(@"D'abord : (.|\n)*`|Même première commande");
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void The_guides_tell_its_urgency(string name)
    {
        var severity = alerts[name]["labels"]["severity"].Text;

        Paragraph("docs/operate.md", name).ShouldStartWith($"*{severity}");
        Paragraph("docs/fr/exploiter.md", name).ShouldStartWith($"*{severity}");
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void What_can_wait_keeps_to_the_group_s_hours(string name)
    {
        var (rule, gate) = (alerts[name], "and on () groupticketing:office");

        // The one that says that the hours are not known cannot ask for them.
        rule["expr"].Text!.Contains(gate).ShouldBe(rule["labels"]["severity"].Text == "office" && name != "HoursUnknown");
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void It_has_a_unit_test_in_which_it_fires(string name)
    {
        var tests = File.ReadAllText(Tree.Path("deploy/prometheus/alerts.test.yml"));

        Regex.IsMatch(tests, $@"alertname: {name}\n +exp_alerts: *(&\w+)?\n? +- exp_labels").ShouldBeTrue();
    }

    [Fact]
    public void The_guides_are_short()
    {
        foreach (var guide in new[] { "docs/operate.md", "docs/fr/exploiter.md" })
            File.ReadLines(Tree.Path(guide)).Count().ShouldBeLessThan(200);
    }

    static string Paragraph(string guide, string heading)
    {
        var found = Regex.Match(
            File.ReadAllText(Tree.Path(guide)),
            $@"^### {heading}\n(.+?)(?=^#|\z)",
            RegexOptions.Multiline | RegexOptions.Singleline
        );
        found.Success.ShouldBeTrue($"{guide} has no heading {heading}");
        return found.Groups[1].Value;
    }
}
