namespace GroupTicketing.Directory.Reading;

/// <summary>A file of <c>schools/</c>.</summary>
internal static class ReadSchool
{
    public static School From(string path, Catalogue catalogue, IReadOnlyCollection<string> dialects, Apart apart, Problems problems)
    {
        var file = new Fields(YamlFile.Read(path, problems), problems.In(path), Path.GetFileNameWithoutExtension(path));
        var tool = file.TextOrNull("tool") ?? "generic";
        var school = new School(
            file.Line == 0 ? "" : Slug.From(file),
            Required(file, "name"),
            Required(file, "organisation"),
            Required(file, "supportContact"),
            file.Flag("pilot"),
            tool,
            ReadSecrets.From(file),
            ReadGesture(file),
            [.. file.Texts("accounts").Select(a => a.Text)],
            ReadMapping.From(file, catalogue),
            ReadCallback.From(file),
            ReadSignature(file),
            file.Choice("caller", ("support", Party.Support), ("requester", Party.Requester)),
            file.TextOrNull("noteMark") ?? "@groupe",
            ReadCalendar.Days(file, "holidays"),
            ReadReadPort.From(file),
            ReadCalendar.DayOrNull(file, "mirrorFrom"),
            file.Choice("unknownCaller", ("support", UnknownCaller.Support), ("create", UnknownCaller.Create)));
        if (file.Line > 0)
        {
            CheckWhole(school, file, catalogue, dialects);
            apart.Check(school, file);
        }
        file.Done();
        return school;
    }

    private static string Required(Fields file, string key) => file.Line == 0 ? "" : file.Text(key);

    private static Gesture? ReadGesture(Fields file)
    {
        if (file.Group("gesture") is not { } fields)
            return null;

        var gesture = new Gesture(
            fields.TextOrNull("field"),
            fields.TextOrNull("value"),
            fields.TextOrNull("queue"),
            fields.TextOrNull("category"));
        var ways = new[] { gesture.Field, gesture.Queue, gesture.Category }.Count(w => w is not null);
        if (ways != 1 || (gesture.Field is null) != (gesture.Value is null))
            fields.Problems.Error(fields.Line, "the gesture must be one of: 'field' with 'value', 'queue', or 'category'");
        fields.Done();
        return gesture;
    }

    private static AuthorSignature ReadSignature(Fields file)
    {
        if (file.Group("signature") is not { } fields)
            return new();

        var signature = new AuthorSignature(
            fields.Choice("requester", ("Demandeur", AuthorShown.Role), ("name", AuthorShown.Name)),
            fields.Choice("agent", ("role", AuthorShown.Role), ("name", AuthorShown.Name)));
        fields.Done();
        return signature;
    }

    private static void CheckWhole(School school, Fields file, Catalogue catalogue, IReadOnlyCollection<string> dialects)
    {
        var slugs = catalogue.Group.Schools.Select(s => s.Slug).ToList();
        var fileName = Path.GetFileNameWithoutExtension(file.Problems.File);
        if (slugs.Count > 0 && !slugs.Contains(school.Slug))
            file.Problems.Error(
                file.LineOf("slug"),
                $"'{school.Slug}' is not one of the group's schools in catalogue.yaml: {Nearest.Hint(school.Slug, slugs)}");
        if (school.Slug != fileName)
            file.Problems.Error(file.LineOf("slug"), $"the slug '{school.Slug}' is not the file's name '{fileName}': make them the same");
        if (!dialects.Contains(school.Tool))
            file.Problems.Error(file.LineOf("tool"), $"the tool '{school.Tool}' has no dialect here: known: {string.Join(", ", dialects)}");
        if (school.Tool != "generic" && school.Gesture is null)
            file.Problems.Error(file.LineOf("gesture"), $"the tool '{school.Tool}' needs a 'gesture': how does its support hand a ticket over?");
        if (school.Secrets.Webhook.Count == 0)
            file.Problems.Error(file.LineOf("secrets"), "no webhook secret: write 'secrets: { webhook: [ file:... ] }'");
        if (school is { UnknownCaller: UnknownCaller.Create, Caller: Party.Support })
            file.Problems.Error(file.LineOf("unknownCaller"), "nobody is created while the support contact is the caller: write 'caller: requester' too, or take 'unknownCaller' out");
        if (school.Read is not null && school.Secrets.Read.Count == 0)
            file.Problems.Error(file.LineOf("read"), "reading its tool needs a key: write 'secrets: { read: [ file:... ] }'");
        if (school.MirrorFrom is not null && school.Callback is null)
            file.Problems.Error(file.LineOf("mirrorFrom"), "a ticket that the group opened cannot be told without a 'callback': write one, or take 'mirrorFrom' away");
        if (school.Callback is not null && school.Secrets.Callback.Count == 0)
            file.Problems.Error(file.LineOf("callback"), "the callback has no secret to sign with: write 'secrets: { callback: [ file:... ] }'");
    }
}
