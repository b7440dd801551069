using System.Text.Json;

namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>What an editor offers is what the loader takes: the same keys, the same needs, the same words.</summary>
public sealed class SchemaAndLoaderTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("school", "schools/lyon.yaml")]
    [InlineData("calendar", "calendar.yaml")]
    [InlineData("catalogue", "catalogue.yaml")]
    public void The_loader_knows_the_keys_of_the_schema(string schema, string file)
    {
        folder.Write(file, File.ReadAllText(folder.PathOf(file)) + "\nzzzzzzzzzzzzzzzz: 1\n");

        var told = folder.Load().Errors.ShouldHaveSingleItem().Text;

        var known = told[(told.IndexOf("known: ", StringComparison.Ordinal) + 7)..].Split(", ");
        known.Order().ShouldBe(Schema(schema).GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
    }

    [Theory]
    [InlineData("slug")]
    [InlineData("name")]
    [InlineData("organisation")]
    [InlineData("supportContact")]
    [InlineData("secrets")]
    public void What_the_schema_needs_the_loader_needs(string key)
    {
        Schema("school").GetProperty("required").EnumerateArray().Select(k => k.GetString()).ShouldContain(key);

        folder.Write("schools/lyon.yaml", Without(key));

        folder.Load().Errors.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("pilot")]
    [InlineData("callback")]
    [InlineData("mapping")]
    public void What_the_schema_does_not_need_may_be_left_out(string key)
    {
        Schema("school").GetProperty("required").EnumerateArray().Select(k => k.GetString()).ShouldNotContain(key);

        folder.Write("schools/lyon.yaml", Without(key));

        folder.Sound();
    }

    [Theory]
    [InlineData("caller")]
    [InlineData("unknownCaller")]
    [InlineData("tool")]
    [InlineData("noteMark")]
    public void The_defaults_the_schema_shows_are_the_loader_s(string key)
    {
        var shown = Schema("school").GetProperty("properties").GetProperty(key).GetProperty("default").GetString();
        folder.Write("schools/lyon.yaml", Without("tool"));
        var lyon = folder.Sound().Schools[0];

        var taken = key switch
        {
            "caller" => lyon.Caller.ToString().ToLowerInvariant(),
            "unknownCaller" => lyon.UnknownCaller.ToString().ToLowerInvariant(),
            "tool" => lyon.Tool,
            _ => lyon.NoteMark,
        };
        taken.ShouldBe(shown);
    }

    private static JsonElement Schema(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"registry/schema/{name}.schema.json")));
        return document.RootElement.Clone();
    }

    /// <summary>The school's file without a key and the lines indented under it.</summary>
    private static string Without(string key)
    {
        var kept = new List<string>();
        var dropping = false;
        foreach (var line in Folder.Lyon.Split('\n'))
        {
            if (!line.StartsWith(' '))
                dropping = line.StartsWith(key + ":", StringComparison.Ordinal);
            if (!dropping)
                kept.Add(line);
        }
        kept.Count.ShouldBeLessThanOrEqualTo(Folder.Lyon.Split('\n').Length);
        return string.Join('\n', kept);
    }
}
