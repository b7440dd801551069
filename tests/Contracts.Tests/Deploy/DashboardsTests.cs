using System.Text.Json;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

public sealed class DashboardsTests
{
    public static TheoryData<string> Pages => [.. Prometheus.Dashboards.Keys];

    [Fact]
    public void There_is_a_page_for_operations_and_one_for_a_service_s_owner() =>
        Prometheus.Dashboards.Keys.ShouldBe(["ops.json", "service.json"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_panel_reads_a_source_that_is_provisioned(string page)
    {
        var provisioned = File.ReadAllText(Tree.Path("deploy/grafana/provisioning/datasources/datasources.yml"));

        foreach (
            var panel in Prometheus
                .Panels(Prometheus.Dashboards[page])
                .Where(panel => panel.GetProperty("type").GetString() != "row")
        )
            provisioned.ShouldContain($"uid: {panel.GetProperty("datasource").GetProperty("uid").GetString()},");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_panel_lies_on_another(string page)
    {
        var panels = Prometheus.Panels(Prometheus.Dashboards[page]).ToList();
        var cells = panels.Select(panel => panel.GetProperty("gridPos")).SelectMany(Cells).ToList();

        panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
        cells.ShouldBeUnique();
        cells.ShouldAllBe(cell => cell.X < 24);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_can_be_linked_to_and_is_kept_in_the_tree(string page)
    {
        Prometheus
            .Dashboards[page]
            .GetProperty("uid")
            .GetString()
            .ShouldBe($"groupticketing-{Path.GetFileNameWithoutExtension(page)}");
        Prometheus.Dashboards[page].GetProperty("editable").GetBoolean().ShouldBeFalse();
    }

    static IEnumerable<(int X, int Y)> Cells(JsonElement at)
    {
        var (x, y, w, h) = (
            at.GetProperty("x").GetInt32(),
            at.GetProperty("y").GetInt32(),
            at.GetProperty("w").GetInt32(),
            at.GetProperty("h").GetInt32()
        );
        return from column in Enumerable.Range(x, w) from row in Enumerable.Range(y, h) select (column, row);
    }
}
