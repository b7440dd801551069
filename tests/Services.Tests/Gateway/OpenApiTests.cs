using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GroupTicketing.Host;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Portal;
using GroupTicketing.Portal.Adapters;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GroupTicketing.Services.Tests;

/// <summary><c>contracts/openapi.yaml</c> says what is served, all of it and nothing else.</summary>
public partial class OpenApiTests
{
    static readonly IReadOnlyList<string> sources =
    [
        .. new[] { "platform", "gateway", "host", "services" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Demo.Root, folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    [Fact]
    public void It_is_valid_OpenAPI_3_1()
    {
        var read = OpenApiDocument.Parse(Api.Document.ToJsonString(), "json");

        read.Diagnostic!.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        read.Diagnostic.Errors.Concat(read.Diagnostic.Warnings).ShouldBeEmpty();
        read.Document!.Paths.Count.ShouldBe(Api.Document["paths"]!.AsObject().Count);
    }

    [Fact]
    public void Every_reference_leads_somewhere_within()
    {
        var references = Under(Api.Document).OfType<JsonObject>().Where(node => node["$ref"] is JsonValue).ToList();

        references.Count.ShouldBeGreaterThan(40);
        foreach (var reference in references)
            Api.Resolved(reference).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_served_is_what_is_documented()
    {
        var itop = new ItopSettings { Url = new Uri("http://127.0.0.1:9/"), User = "u", Password = "p" };
        await using var door = await Door.Open([.. Modules.Names], set: settings => settings with { Itop = itop });
        var served = door
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(
                endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods,
                (endpoint, method) => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"
            );

        served.ShouldBe(
            Api.Operations.Select(operation => operation.Name).Concat(Api.Pages),
            ignoreOrder: true,
            "write it in contracts/openapi.yaml, or serve it"
        );
    }

    [Fact]
    public void Every_operation_has_a_name_a_tag_and_says_in_French_what_it_does()
    {
        Api.Operations.Select(operation => (string)operation.Said["operationId"]!).ShouldBeUnique();
        var tags = Api.Document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToList();
        foreach (var (name, said) in Api.Operations)
        {
            ((string?)said["summary"]).ShouldNotBeNullOrWhiteSpace(name);
            tags.ShouldContain((string)said["tags"]![0]!, name);
            said["security"].ShouldNotBeNull($"{name}: say who may");
        }
    }

    [Fact]
    public void Every_parameter_of_a_path_is_described()
    {
        foreach (var (path, said) in Api.Document["paths"]!.AsObject())
        {
            var described = (said!["parameters"] as JsonArray ?? []).Select(parameter =>
                (string)Api.Resolved(parameter!)["name"]!
            );
            described.ShouldBe(InBraces().Matches(path).Select(match => match.Groups[1].Value), path);
        }
    }

    [Fact]
    public void Every_code_in_the_source_is_documented_and_no_other()
    {
        var used = sources
            .SelectMany(text => Api.Code().Matches(text).Concat(Given().Matches(text)))
            .Select(match => match.Groups[1].Value)
            .Distinct();
        var documented = Api.Schema("ProblemType")["enum"]!
            .AsArray()
            .Select(type => Api.Code().Match((string)type!).Groups[1].Value)
            .ToList();

        documented.ShouldBe(used, ignoreOrder: true);
        Api.AnswerExamples.Where(example => example.Value["type"] is not null)
            .Select(example => example.Name)
            .Distinct()
            .ShouldBe(documented, ignoreOrder: true, "each has an example");
    }

    [Fact]
    public void Every_example_of_an_answer_is_in_its_shape_and_in_our_words()
    {
        var words = Directory.EnumerateFiles(Demo.Root, "*.resx", SearchOption.AllDirectories)
            .SelectMany(file => XDocument.Load(file).Descendants("value")).Select(value => value.Value).ToHashSet();
        foreach (var (where, status, name, value, schema) in Api.AnswerExamples)
        {
            Shape.Flaws(schema, value).ShouldBeEmpty($"{where} {name}");
            if (value["type"] is not { } type)
                continue;
            ((string)type!).ShouldBe($"urn:groupticketing:problem:{name}", where);
            $"{value["status"]}".ShouldBe(status, where);
            words.ShouldContain((string)value["title"]!, where);
            words.ShouldContain((string)value["detail"]!, where);
        }
    }

    [Fact]
    public async Task Every_example_of_an_event_is_taken()
    {
        await using var intake = await Door.Open(["intake"]);
        var events = Api.Examples("POST /v1/schools/{school}/events").ToList();

        events.Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var (name, value) in events)
        {
            Shape.Flaws(Api.Schema("SchoolEvent"), value).ShouldBeEmpty(name);
            var answer = await intake.Post(Encoding.UTF8.GetBytes(value.ToJsonString()), id: (string)value["id"]!);
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, $"{name}: {await answer.Content.ReadAsStringAsync()}");
            await Api.Fits("POST /v1/schools/{school}/events", answer);
        }
    }

    [Fact]
    public void What_Request_Tracker_really_posted_is_in_its_shape()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Intake", "rt5"), "*.json"))
        {
            var missing = Shape
                .Flaws(Api.Schema("RtPost"), JsonNode.Parse(File.ReadAllText(file))!["body"])
                .Where(flaw => !flaw.EndsWith("is not described", StringComparison.Ordinal));
            missing.ShouldBeEmpty(Path.GetFileName(file));
        }
    }

    [Theory]
    [InlineData("Choice", typeof(DecideTriage), "Choice")]
    [InlineData("RtPost", typeof(RtPost), null)]
    [InlineData("Pending", typeof(PendingRow), null)]
    [InlineData("Hop", typeof(Portal.Core.Hop), null)]
    [InlineData("Target", typeof(TargetState), null)]
    public void A_documented_shape_has_the_members_of_its_record(string schema, Type type, string? nested)
    {
        var record = nested is null ? type : type.GetNestedType(nested, BindingFlags.NonPublic)!;
        var members = record.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();

        Api.Schema(schema)["properties"]!
            .AsObject()
            .Select(member => member.Key)
            .ShouldBe(members.Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name!)), ignoreOrder: true);
        foreach (var member in members)
        {
            var types = Api.Schema(schema)["properties"]![JsonNamingPolicy.CamelCase.ConvertName(member.Name!)]![
                "type"
            ]!.ToJsonString();
            types
                .Contains("null", StringComparison.Ordinal)
                .ShouldBe(
                    new NullabilityInfoContext().Create(member).ReadState is NullabilityState.Nullable,
                    $"{schema}.{member.Name}"
                );
        }
    }

    [Fact]
    public void The_schemas_of_the_contracts_are_in_it_whole()
    {
        foreach (var (name, file) in new[] { ("SchoolEvent", "school-event"), ("Callback", "callback") })
        {
            var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Demo.Root, "contracts", "schema", $"{file}.schema.json")))!;
            Members(Api.Schema(name)).ShouldBe(Members(schema));
            foreach (var (part, defined) in schema["$defs"]!.AsObject())
                Members(Api.Schema(name + char.ToUpperInvariant(part[0]) + part[1..])).ShouldBe(Members(defined!));
            foreach (var example in schema["examples"]!.AsArray())
                Shape.Flaws(Api.Schema(name), example).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_document_has_the_product_s_version() =>
        ((string)Api.Document["info"]!["version"]!).ShouldBe(
            XDocument.Load(Path.Combine(Demo.Root, "Directory.Build.props")).Descendants("Version").Single().Value
        );

    static IEnumerable<string> Members(JsonNode schema) =>
        schema["properties"]!.AsObject().Select(member => $"{member.Key}: {member.Value!["description"] ?? "elsewhere"}");

    static IEnumerable<JsonNode> Under(JsonNode node) => (
            node is JsonObject members ? members.Select(member => member.Value)
            : node is JsonArray items ? items
            : []
        ).OfType<JsonNode>().SelectMany(Under).Prepend(node);

    [GeneratedRegex(@"\b(?:Result|Refusal)\(\s*(?:StatusCodes\.\w+|\d{3}),\s*""([a-z-]+)""")]
    private static partial Regex Given();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InBraces();
}
