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
            file.Missing("group", file.LineOf("group"), FileTexts.Text("GroupMissing"));
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
        var slugs = new Once(FileTexts.Text("TheSchool"));
        var schools = group.List("schools", fields => ReadSchool(fields, slugs));
        if (schools.Count == 0)
            group.Missing("schools", group.LineOf("schools"), FileTexts.Text("NoSchool"));
        return schools;
    }

    private static GroupSchool ReadSchool(Fields fields, Once slugs)
    {
        var school = new GroupSchool(Slug.From(fields), fields.Text("name"));
        slugs.Use(school.Slug, fields.LineOf("slug"), fields.Problems);
        fields.Done();
        return school;
    }

    private static IReadOnlyList<Brique> ReadBriques(Fields file, Group group)
    {
        var names = new Once(FileTexts.Text("TheBriqueName"));
        var briques = file.List("briques", b => ReadBrique.From(b, group, names));
        if (briques.Count == 0)
            file.Missing("briques", file.LineOf("briques"), FileTexts.Text("NoBrique"));
        return briques;
    }
}
