using System.Text.RegularExpressions;
using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>One letter is one error, which names the key as it is written: what follows from it is told with it, or not at
/// all.</summary>
public sealed partial class MisspeltKeysTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("directory-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("deploy/demo", 280)]
    [InlineData("deploy/pilot", 200)]
    public void Each_key_of_the_files_in_turn(string from, int least)
    {
        Copy(Repository.PathOf(from));

        Directory
            .GetFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Sum(file => Tried(file, Load))
            .ShouldBeGreaterThan(least);
    }

    [Fact]
    public void Each_key_of_the_pilot_s_catalogue_for_iTop()
    {
        var file = Path.Combine(folder, "itop-catalogue.yaml");
        File.Copy(Repository.PathOf("deploy/pilot/itop-catalogue.yaml"), file);

        Tried(file, () => ItopCatalogue.Load(file).Errors).ShouldBeGreaterThan(300);
    }

    private static int Tried(string file, Func<IReadOnlyList<Problem>> load)
    {
        load().ShouldBeEmpty();
        var (whole, tried) = (File.ReadAllText(file), 0);
        foreach (
            var (key, misspelt) in Keys()
                .Matches(whole)
                .Where(key => !IsComment(whole, key.Index))
                .SelectMany(key => new[] { (key, key.Value[..1] + key.Value[2..]), (key, key.Value + "x") })
        )
        {
            File.WriteAllText(file, whole[..key.Index] + misspelt + whole[(key.Index + key.Length)..]);

            var errors = load();

            errors.Count.ShouldBe(1, $"{Path.GetFileName(file)}: {key.Value}: {string.Join('\n', errors)}");
            (errors[0].File, errors[0].Line).ShouldBe((file, whole[..key.Index].Count(c => c == '\n') + 1));
            errors[0].Text.ShouldContain($"'{misspelt}' is not a known key", Case.Sensitive);
            tried++;
        }
        File.WriteAllText(file, whole);
        return tried;
    }

    private IReadOnlyList<Problem> Load() => RegistryLoader.Load(folder, ["generic", "rt5"]).Errors;

    private void Copy(string from)
    {
        Directory.CreateDirectory(Path.Combine(folder, "schools"));
        foreach (var file in (string[])["catalogue.yaml", "calendar.yaml"])
            File.Copy(Path.Combine(from, file), Path.Combine(folder, file));
        foreach (var file in Directory.GetFiles(Path.Combine(from, "schools")))
            File.Copy(file, Path.Combine(folder, "schools", Path.GetFileName(file).Replace(".example", "")));
    }

    private static bool IsComment(string text, int at) => text.LastIndexOf('#', at) > text.LastIndexOf('\n', at);

    [GeneratedRegex(@"(?<=^\s*(?:- )?|[{,]\s*)[A-Za-z]{2,}(?=:\s)", RegexOptions.Multiline)]
    private static partial Regex Keys();
}
