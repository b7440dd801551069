using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GroupTicketing.Gateway;

namespace GroupTicketing.Services.Tests;

/// <summary>The OpenAPI document as it is served, read by the tests.</summary>
static partial class Api
{
    static readonly string[] verbs = ["get", "post", "put", "delete", "patch"];

    public static JsonNode Document { get; } = JsonNode.Parse(OpenApiDocument.Read())!;

    /// <summary>Each as <c>GET /v1/tickets</c>.</summary>
    public static IEnumerable<(string Name, JsonNode Said)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where verbs.Contains(operation.Key)
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!);

    public static IEnumerable<string> Pages => Document["x-pages"]!.AsArray().Select(page => (string)page!);

    /// <summary>Every example of an answer, with the status it is given for, its name and what its schema is.</summary>
    public static IEnumerable<(string Where, string Status, string Name, JsonNode Value, JsonNode Schema)> AnswerExamples =>
        from operation in Operations
        from answer in operation.Said["responses"]!.AsObject()
        from content in Resolved(answer.Value!)["content"]?.AsObject() ?? []
        from example in content.Value!["examples"]?.AsObject() ?? []
        select (
            $"{operation.Name} {answer.Key}",
            answer.Key,
            example.Key,
            Resolved(example.Value!)["value"]!,
            content.Value["schema"]!
        );

    /// <summary>The examples of what is sent.</summary>
    public static IEnumerable<(string Name, JsonNode Value)> Examples(string operation) =>
        Operations.Single(one => one.Name == operation).Said["requestBody"]!["content"]!["application/json"]!["examples"]!
            .AsObject()
            .Select(example => (example.Key, example.Value!["value"]!));

    public static JsonNode Schema(string name) => Document["components"]!["schemas"]![name]!;

    /// <summary>The node itself, or what it refers to.</summary>
    public static JsonNode Resolved(JsonNode node) =>
        node["$ref"]?.GetValue<string>() is { } reference
            ? Resolved(
                reference
                    .Split('/')
                    .Skip(1)
                    .Aggregate(Document, (inner, part) =>
                        inner[part] ?? throw new KeyNotFoundException($"{reference} refers to nothing")
                    )
            )
            : node;

    /// <summary>A real answer has a documented status, media type and body, and the headers said of it.</summary>
    public static async Task Fits(string operation, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        var status = $"{(int)answer.StatusCode}";
        var said = Operations.Single(one => one.Name == operation).Said["responses"]!
            [status]
            .ShouldNotBeNull($"{operation} answered {status}: {body}");
        foreach (var (header, _) in Resolved(said)["headers"]?.AsObject() ?? [])
            answer.Headers.Contains(header).ShouldBeTrue($"{operation} {status} has {header}");
        if (Resolved(said)["content"]?.AsObject() is not { } contents)
        {
            body.ShouldBeEmpty($"{operation} {status}");
            return;
        }
        var content = contents[answer.Content.Headers.ContentType!.MediaType!]
            .ShouldNotBeNull($"{operation} {status} is {answer.Content.Headers.ContentType}");
        if (content["schema"] is { } schema)
            Shape.Flaws(schema, JsonNode.Parse(body)).ShouldBeEmpty($"{operation} {status}: {body}");
        if (answer.StatusCode >= HttpStatusCode.BadRequest && Code().Match(body) is { Success: true } code)
            content["examples"]!
                [code.Groups[1].Value]
                .ShouldNotBeNull($"{operation} {status} has no example of {code.Groups[1].Value}");
    }

    [GeneratedRegex("urn:groupticketing:problem:([a-z-]+)")]
    public static partial Regex Code();
}
