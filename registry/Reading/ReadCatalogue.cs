namespace GroupTicketing.Registry.Reading;

/// <summary><c>catalogue.yaml</c>.</summary>
internal static class ReadCatalogue
{
    public static Catalogue From(string path, Problems problems)
    {
        var file = new Fields(YamlFile.Read(path, problems), problems.In(path), "catalogue");
        if (file.Line == 0)
            return new(new("", "", "", "", "", []), [], RouteNode.Root);

        var group = ReadGroup(file);
        var briques = ReadBriques(file, group);
        var unrouted = new Catalogue(group, briques, RouteNode.Root);
        var catalogue = unrouted with { Routes = ReadRoutes.From(file, unrouted) };
        file.Done();
        return catalogue;
    }

    private static Group ReadGroup(Fields file)
    {
        if (file.Group("group") is not { } fields)
        {
            file.Problems.Error(file.LineOf("group"), FileTexts.Text("GroupMissing"));
            return new("", "", "", "", "", []);
        }

        var group = new Group(
            fields.Text("name"),
            fields.Text("organisation"),
            fields.Text("triageTeam"),
            fields.TextOrNull("returnTeam") ?? "Retour école",
            fields.Text("connectorContact"),
            ReadSchools(fields));
        fields.Done();
        return group;
    }

    private static IReadOnlyList<GroupSchool> ReadSchools(Fields group)
    {
        var schools = new List<GroupSchool>();
        var slugs = new Once(FileTexts.Text("TheSchool"));
        foreach (var fields in group.Groups("schools"))
        {
            schools.Add(new(Slug.From(fields), fields.Text("name")));
            slugs.Use(schools[^1].Slug, fields.LineOf("slug"), fields.Problems);
            fields.Done();
        }
        if (schools.Count == 0)
            group.Problems.Error(group.LineOf("schools"), FileTexts.Text("NoSchool"));
        return schools;
    }

    private static IReadOnlyList<Brique> ReadBriques(Fields file, Group group)
    {
        var names = new Once(FileTexts.Text("TheBriqueName"));
        var briques = file.Groups("briques").Select(b => ReadBrique.From(b, group, names)).ToList();
        if (briques.Count == 0)
            file.Problems.Error(file.LineOf("briques"), FileTexts.Text("NoBrique"));
        return briques;
    }
}
