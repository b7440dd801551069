using YamlDotNet.Serialization;

namespace GroupTicketing.Tests.Contracts;

/// <summary>A YAML node, read by path.</summary>
sealed record Yaml(object? Node)
{
    static readonly Yaml none = new((object?)null);

    public static Yaml Load(string path) => new(new DeserializerBuilder().Build().Deserialize<object>(File.ReadAllText(path)));

    public Yaml this[string name] =>
        Node is IDictionary<object, object> map && map.TryGetValue(name, out var value) ? new Yaml(value) : none;

    public string? Text => Node as string;

    public IReadOnlyList<string> Keys => Node is IDictionary<object, object> map ? [.. map.Keys.Cast<string>()] : [];

    public IReadOnlyList<string> Texts => Node is IList<object> list ? [.. list.Cast<string>()] : [];

    public IReadOnlyList<Yaml> Values =>
        Node is IDictionary<object, object> map ? [.. map.Values.Select(value => new Yaml(value))] : [];

    /// <summary>The last part of a reference.</summary>
    public string? Reference => this["$ref"].Text?.Split('/')[^1];
}
