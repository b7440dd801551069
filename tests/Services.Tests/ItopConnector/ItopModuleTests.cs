using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>The optional module's files, as far as they can be read without an iTop: well formed, of one name, and of
/// the names the connector, the simulator and the guides use.</summary>
public class ItopModuleTests
{
    const string Name = "groupticketing-key";

    static readonly string folder = Path.Combine(Demo.Root, "deploy", "itop", Name);

    static readonly XElement model = XDocument.Load(Path.Combine(folder, $"datamodel.{Name}.xml")).Root!;

    static XElement Request => model.Element("classes")!.Elements("class").ShouldHaveSingleItem();

    [Fact]
    public void It_extends_the_stock_request_of_iTop_3_2_and_only_that()
    {
        (model.Name.LocalName, (string)model.Attribute("version")!).ShouldBe(("itop_design", "3.2"));
        ((string)Request.Attribute("id")!, (string)Request.Attribute("_delta")!).ShouldBe(("UserRequest", "must_exist"));
        model.Elements().Select(part => part.Name.LocalName).ShouldBe(["classes", "user_rights"]);
    }

    [Fact]
    public void Its_attribute_is_the_one_the_connector_asks_for_nullable_and_indexed()
    {
        var field = Request.Descendants("field").ShouldHaveSingleItem();

        ((string)field.Attribute("id")!, (string)field.Element("sql")!, (string)field.Element("is_null_allowed")!).ShouldBe(
            (Marker.Attribute, Marker.Attribute, "true")
        );
        Type(field).ShouldBe("AttributeString");
        Ids(Request.Descendants("index").ShouldHaveSingleItem().Descendants("attribute")).ShouldBe([Marker.Attribute]);
    }

    [Fact]
    public void Its_rule_blocks_and_leaves_requests_without_a_key_alone()
    {
        var rule = Request.Descendants("rule").ShouldHaveSingleItem();

        Ids(rule.Descendants("attribute")).ShouldBe([Marker.Attribute]);
        ((string)rule.Element("is_blocking")!, (string)rule.Element("disabled")!, (string)rule.Element("filter")!).ShouldBe(
            ("true", "false", $"{Marker.Attribute} != ''")
        );
        Files()
            .ShouldAllBe(
                file => !File.ReadAllText(file).Contains("UniquenessRule:"),
                "the connector knows the refusal by iTop's own sentence"
            );
    }

    [Fact]
    public void Its_installer_makes_the_attribute_unique_in_the_database_and_never_ends_a_setup()
    {
        var php = File.ReadAllText(Path.Combine(folder, $"module.{Name}.php"));

        php.ShouldContain("'installer' => 'GroupTicketingKeyInstaller'");
        php.ShouldContain("AfterDatabaseCreation");
        php.ShouldContain($"NULLIF(`{Marker.Attribute}`, '')");
        Regex.Count(php, @"CMDBSource::Query\(").ShouldBe(2);
        Regex
            .Match(php, @"try \{(.*)\} catch \(Exception", RegexOptions.Singleline)
            .Groups[1]
            .Value.ShouldContain("ADD UNIQUE INDEX");
    }

    [Fact]
    public void People_may_read_the_key_and_change_it_in_no_form()
    {
        var flagged = Request.Descendants("state").ShouldHaveSingleItem();
        ((string)flagged.Attribute("id")!, flagged.Descendants("read_only").Single().Parent!.Attribute("id")!.Value).ShouldBe(
            ("new", Marker.Attribute)
        );
        Ids(Request.Element("presentation")!.Descendants("item"))
            .ShouldBe(["col:col1", "fieldset:Ticket:moreinfo", Marker.Attribute]);
    }

    [Fact]
    public void Its_profile_may_read_the_history_and_nothing_else()
    {
        var group = model.Descendants("groups").First().Elements("group").ShouldHaveSingleItem();
        Ids(group.Descendants("class")).ShouldBe(["CMDBChange", "CMDBChangeOp"]);
        var profile = model.Descendants("profile").ShouldHaveSingleItem();
        int.Parse(profile.Attribute("id")!.Value).ShouldBeGreaterThan(10_000, "iTop and its extensions use lower ids");
        profile.Descendants("group").ShouldHaveSingleItem().Attribute("id")!.Value.ShouldBe(group.Attribute("id")!.Value);
        profile
            .Descendants("action")
            .Select(action => (action.Attribute("id")!.Value, action.Value))
            .ShouldBe([("action:read", "allow"), ("action:bulk read", "allow")]);
        File.ReadAllText(Path.Combine(Demo.Root, "docs", "fr", "itop.md")).ShouldContain((string)profile.Element("name")!);
        File.ReadAllText(Path.Combine(Demo.Root, "services/ItopConnector/Core/Doctor/DoctorTexts.resx"))
            .ShouldContain((string)profile.Element("name")!);
    }

    [Fact]
    public void Its_files_bear_its_name_and_there_are_no_others()
    {
        Files()
            .Select(file => Path.GetRelativePath(folder, file))
            .Order()
            .ShouldBe([
                $"datamodel.{Name}.xml",
                $"dictionaries/en.dict.{Name}.php",
                $"dictionaries/fr.dict.{Name}.php",
                $"module.{Name}.php",
            ]);
        File.ReadAllText(Path.Combine(folder, $"module.{Name}.php")).ShouldMatch($@"'{Name}/\d+\.\d+\.\d+'");
    }

    [Fact]
    public void Both_languages_label_the_attribute()
    {
        string[][] keys =
        [
            .. new[] { "fr", "en" }.Select(language =>
                Regex
                    .Matches(
                        File.ReadAllText(Path.Combine(folder, "dictionaries", $"{language}.dict.{Name}.php")),
                        "'(Class:[^']+)' =>"
                    )
                    .Select(match => match.Groups[1].Value)
                    .ToArray()
            ),
        ];

        keys[0].ShouldBe(keys[1]);
        keys[0].ShouldBe([$"Class:UserRequest/Attribute:{Marker.Attribute}", $"Class:UserRequest/Attribute:{Marker.Attribute}+"]);
    }

    [Fact]
    public void The_simulator_s_module_is_this_one()
    {
        var simulated = JsonNode.Parse(File.ReadAllText(Path.Combine(Demo.Root, "simulators/Itop/Model/module.json")))!;

        ((string)simulated["of"]!, (string)simulated["attribute"]!["code"]!, (string)simulated["unique"]!).ShouldBe(
            ("UserRequest", Marker.Attribute, Marker.Attribute)
        );
        File.ReadAllText(Path.Combine(folder, "dictionaries", $"fr.dict.{Name}.php"))
            .Replace("\\'", "’")
            .ShouldContain((string)simulated["attribute"]!["label"]!);
    }

    [Fact]
    public void The_release_brings_it() =>
        File.ReadAllText(Path.Combine(Demo.Root, "deploy/release.sh")).ShouldContain(" deploy/itop ");

    static IEnumerable<string> Files() => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    static string Type(XElement field) => field.Attribute(XName.Get("type", "http://www.w3.org/2001/XMLSchema-instance"))!.Value;

    static IEnumerable<string> Ids(IEnumerable<XElement> elements) => elements.Select(one => one.Attribute("id")!.Value);
}
