using System.Xml.Linq;

namespace GroupTicketing.Tests.Architecture;

/// <summary>Who may know whom. A new arrow is drawn here first, with its reason.</summary>
public class References
{
    static readonly string[] services = ["Intake", "Routing", "ItopConnector", "Notification", "Portal"];

    static readonly string[] known = ["Contracts", "Registry", "Platform"];

    public static TheoryData<string> Projects =>
        [.. Tree.Projects.Where(project => !project.StartsWith("tests/", StringComparison.Ordinal))];

    public static TheoryData<string> Compiled => [.. Assemblies.All.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_whom_it_may_know(string project)
    {
        var service = AreaOf(project);

        var strangers = ReferencesOf(project).Except(MayKnow(service));

        strangers.ShouldBeEmpty(
            $"{project}: remove the reference. What two services both need is a fact (contracts/), a file's model "
            + "(registry/) or a mechanism (platform/)."
        );
    }

    [Theory]
    [MemberData(nameof(Compiled))]
    public void An_assembly_uses_only_whom_it_may_know(string service)
    {
        var strangers = Assemblies.OursUsedBy(Assemblies.All[service]).Except(MayKnow(service));

        strangers.ShouldBeEmpty(
            $"{service} uses types of a project it may not know, perhaps through another: move them, or say a fact instead."
        );
    }

    [Fact]
    public void Every_project_was_looked_at() =>
        Assemblies.All.Keys.ShouldBe(
            [.. services, .. known, "Gateway", "Host", "Simulators"],
            ignoreOrder: true,
            "draw the new project's arrows in References.MayKnow"
        );

    [Fact]
    public void Contracts_and_registry_need_no_package()
    {
        var contracts = XDocument.Load(Path.Combine(Tree.Root, "contracts/GroupTicketing.Contracts.csproj"));

        contracts
            .Descendants("PackageReference")
            .ShouldBeEmpty("the contracts are plain records: whoever reads them needs nothing else.");
        contracts
            .Descendants("FrameworkReference")
            .ShouldBeEmpty("the contracts are plain records: whoever reads them needs nothing else.");
    }

    static IEnumerable<string> MayKnow(string service) => service switch
    {
        "Contracts" or "Registry" or "Platform" or "Simulators" => [],
        "Gateway" => known,
        // The demo starts the simulators as processes of their own.
        "Host" => [.. services, .. known, "Gateway", "Simulators"],
        _ when services.Contains(service) => known,
        _ => throw new ArgumentException($"draw the arrows of {service} here"),
    };

    static string AreaOf(string project) => Path.GetFileNameWithoutExtension(project)["GroupTicketing.".Length..];

    static IEnumerable<string> ReferencesOf(string project) => XDocument.Load(Path.Combine(Tree.Root, project))
        .Descendants("ProjectReference")
        .Select(reference => AreaOf(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
