using GroupTicketing.Tests.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace GroupTicketing.Tests.Deploy;

/// <summary>docker-compose.yml with its merges made.</summary>
static class Compose
{
    static readonly Yaml root = new(
        new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(new StringReader(Text))))
    );

    public static string Text => File.ReadAllText(Tree.Path("docker-compose.yml"));

    public static IReadOnlyDictionary<string, Yaml> Services => Named("services");

    public static IReadOnlyDictionary<string, Yaml> Named(string part) =>
        root[part].Keys.ToDictionary(name => name, name => root[part][name]);

    /// <summary>What a part of a service says, for a message and for a search.</summary>
    public static string Said(Yaml part) => part.Node switch
    {
        null => "",
        string text => text,
        IList<object> list => string.Join(' ', list.Select(one => Said(new Yaml(one)))),
        _ => string.Join(' ', part.Keys.Select(key => $"{key}={Said(part[key])}")),
    };
}
