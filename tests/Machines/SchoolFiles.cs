using System.Text.Json.Nodes;

namespace GroupTicketing.Tests;

/// <summary>The demo's directory and iTop's seed, with the schools of a test added to both.</summary>
static class SchoolFiles
{
    /// <summary>Where iTop's seed is.</summary>
    public static string Seed(string folder) => Path.Combine(folder, "itop-seed.json");

    // An hour a week: the reminders of tickets that were kept long ago are not due for years, whenever a test runs.
    const string Patient = """
        timeZone: Europe/Paris
        week:
          monday: [08:30-09:30]
        silenceClosesAfter: 250
        untakenRemindsAfter: 500
        silenceRemindsAfter: 250
        """;

    /// <param name="isKept">Whether the data to begin with was kept by an earlier release.</param>
    public static void Write(string folder, IReadOnlyList<SchoolTool> schools, bool isKept)
    {
        var copy = Directory.CreateDirectory(Path.Combine(folder, "directory", "schools")).Parent!.FullName;
        var calendar = isKept ? Patient : File.ReadAllText(Path.Combine(Machines.Demo, "calendar.yaml"));
        File.WriteAllText(Path.Combine(copy, "calendar.yaml"), calendar);
        var added = schools.Where(school => school.Slug != SchoolTool.First).ToList();
        var catalogue = File.ReadAllText(Path.Combine(Machines.Demo, "catalogue.yaml"));
        const string Before = "    - { slug: lyon, ";
        File.WriteAllText(
            Path.Combine(copy, "catalogue.yaml"),
            catalogue.Replace(
                Before,
                string.Concat(added.Select(school => $"    - {{ slug: {school.Slug}, name: {school.Name} }}\n")) + Before
            )
        );
        var known = File.ReadAllText(Path.Combine(Machines.Demo, "schools", $"{SchoolTool.First}.yaml"));
        foreach (var school in schools)
        {
            var text = known
                .Replace("http://127.0.0.1:5082/", $"{school.Url}")
                .Replace($"slug: {SchoolTool.First}", $"slug: {school.Slug}")
                .Replace(": INSA Toulouse", $": {school.Name}")
                .Replace(Machines.Secret, school.Secret)
                .Replace($"support@{SchoolTool.First}.example", Support(school));
            File.WriteAllText(Path.Combine(copy, "schools", $"{school.Slug}.yaml"), text);
        }
        WriteSeed(folder, added);
    }

    static string Support(SchoolTool school) => $"support@{school.Slug}.example";

    static void WriteSeed(string folder, IReadOnlyList<SchoolTool> added)
    {
        var seed = JsonNode.Parse(File.ReadAllText(Path.Combine(Machines.Demo, "itop-seed.json")))!;
        // As an iTop whose administrator made a profile for it: lost entries of others are seen.
        seed["accounts"]!.AsArray().Single(account => (string)account!["login"]! == "connecteur")!["history"] = true;
        var contract = seed["contracts"]!.AsArray()[0]!;
        foreach (var school in added)
        {
            seed["organisations"]!.AsArray().Add(school.Name);
            var same = contract.DeepClone();
            same["organisation"] = school.Name;
            seed["contracts"]!.AsArray().Add(same);
            seed["people"]!
                .AsArray()
                .Add(
                    new JsonObject
                    {
                        ["firstName"] = "Support",
                        ["name"] = school.Name,
                        ["email"] = Support(school),
                        ["organisation"] = school.Name,
                    }
                );
        }
        File.WriteAllText(Seed(folder), seed.ToJsonString());
    }
}
