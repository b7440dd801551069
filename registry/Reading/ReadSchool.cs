using System.Globalization;
namespace GroupTicketing.Registry.Reading;

/// <summary>A file of <c>schools/</c>.</summary>
internal static class ReadSchool
{
    public static School From(
        string path,
        Catalogue catalogue,
        IReadOnlyCollection<string> dialects,
        Apart apart,
        Problems problems
    )
    {
        var file = new Fields(YamlFile.Read(path, problems), problems.In(path), Path.GetFileNameWithoutExtension(path));
        var tool = file.TextOrNull("tool") ?? "generic";
        var secrets = file.Group("secrets");
        var school = new School(
            file.Line == 0 ? "" : Slug.From(file),
            Required(file, "name"),
            Required(file, "organisation"),
            ReadContact(file),
            file.Flag("pilot"),
            tool,
            ReadSecrets.From(secrets),
            ReadGesture(file),
            [.. file.Texts("accounts").Select(a => a.Text)],
            ReadMapping.From(file, catalogue),
            ReadCallback.From(file),
            ReadSignature(file),
            file.Choice("caller", ("support", Party.Support), ("requester", Party.Requester)),
            ReadMark(file),
            ReadCalendar.Days(file, "holidays"),
            ReadReadPort.From(file),
            ReadCalendar.DayOrNull(file, "mirrorFrom"),
            file.Choice("unknownCaller", ("support", UnknownCaller.Support), ("create", UnknownCaller.Create)));
        if (file.Line > 0)
        {
            CheckWhole(school, file, catalogue, dialects);
            CheckSecrets(school, file, secrets);
            apart.Check(school, file);
        }
        secrets?.Done();
        file.Done();
        return school;
    }

    private static string Required(Fields file, string key) => file.Line == 0 ? "" : file.Text(key);

    // What iTop looks a person up by: an address, or the name it shows. Anything else is found by neither, and nobody
    // is the caller.
    private static string ReadContact(Fields file)
    {
        var contact = Required(file, "supportContact");
        if (contact.Length > 0 && (contact.Any(IsUnseen) || (!IsAddress(contact) && !IsName(contact))))
            file.Problems.Error(file.LineOf("supportContact"), FileTexts.Text("NotAContact"));
        return contact;
    }

    // It would look like another one.
    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static bool IsAddress(string contact) =>
        contact.Split('@') is [{ Length: > 0 }, { Length: > 2 } domain]
        && domain.Contains('.')
        && domain[0] != '.'
        && domain[^1] != '.'
        && !contact.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or ':' or '/' or '"');

    private static bool IsName(string contact) =>
        contact.Any(char.IsLetter) && !contact.Any(c => c is '@' or '<' or '>' or '/' or ';' or ':' or '"');

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
        fields.Done();
        if (fields.IsSound && (ways != 1 || (gesture.Field is null) != (gesture.Value is null)))
            fields.Problems.Error(fields.Line, FileTexts.Text("NotAGesture"));
        return gesture;
    }

    // Everything bears an empty mark: every private note would cross.
    private static string ReadMark(Fields file)
    {
        if (file.TextOrNull("noteMark") is not { } mark)
            return "@groupe";
        if (mark.Trim().Length < 2)
            file.Problems.Error(file.LineOf("noteMark"), FileTexts.Text("NotAMark"));
        return mark;
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
        if (school.Slug.Length > 0)
            CheckSlug(school.Slug, file, catalogue.Group.Schools);
        if (!dialects.Contains(school.Tool))
            file.Problems.Error(file.LineOf("tool"), FileTexts.Text("ToolUnknown", school.Tool, string.Join(", ", dialects)));
        else if (school.Tool != "generic" && school.Gesture is null)
            file.Missing("gesture", file.LineOf("gesture"), FileTexts.Text("GestureMissing", school.Tool));
        if (school is { UnknownCaller: UnknownCaller.Create, Caller: Party.Support })
            file.Missing("caller", file.LineOf("unknownCaller"), FileTexts.Text("NobodyCreated"));
        if (school.MirrorFrom is not null && school.Callback is null)
            file.Missing("callback", file.LineOf("mirrorFrom"), FileTexts.Text("MirrorWithoutCallback"));
    }

    private static void CheckSlug(string slug, Fields file, IReadOnlyList<GroupSchool> schools)
    {
        var slugs = schools.Select(s => s.Slug).ToList();
        var fileName = Path.GetFileNameWithoutExtension(file.Problems.File);
        if (!file.Problems.IsInDoubt(schools) && !slugs.Contains(slug))
        {
            var text = FileTexts.Text("SchoolNotInCatalogue", slug, Nearest.Hint(slug, slugs));
            file.Problems.Error(file.LineOf("slug"), text);
        }
        // One that is no school's is wrong whatever the file is called.
        else if (slug != fileName)
            file.Problems.Error(file.LineOf("slug"), FileTexts.Text("SlugIsNotTheFile", slug, fileName));
    }

    private static void CheckSecrets(School school, Fields file, Fields? secrets)
    {
        if (school.Secrets.Webhook.Count == 0)
            Missing("webhook", "secrets", FileTexts.Text("NoWebhookSecret"));
        if (school.Read is not null && school.Secrets.Read.Count == 0)
            Missing("read", "read", FileTexts.Text("NoReadSecret"));
        if (school.Callback is not null && school.Secrets.Callback.Count == 0)
            Missing("callback", "callback", FileTexts.Text("NoCallbackSecret"));

        void Missing(string secret, string at, string text) =>
            (secrets ?? file).Missing(secrets is null ? "secrets" : secret, file.LineOf(at), text);
    }
}

/// <summary>Where a school is told.</summary>
internal static class ReadCallback
{
    public static Callback? From(Fields file)
    {
        if (file.Group("callback") is not { } fields)
            return null;

        var callback = new Callback(
            ReadUrl.From(fields, "callback", "https://tickets.school.example/callbacks", FileTexts.Text("TextsReadOnTheWay")),
            fields.Choice("audience", ("support", Party.Support), ("requester", Party.Requester)),
            TimeSpan.FromSeconds(fields.Number("timeout", 1, 60) ?? 10));
        fields.Done();
        return callback;
    }
}

/// <summary>Where a school's tool can be read.</summary>
internal static class ReadReadPort
{
    public static ReadPort? From(Fields file)
    {
        if (file.Group("read") is not { } fields)
            return null;

        var port = new ReadPort(
            ReadUrl.From(fields, "read", "https://rt.school.example/REST/2.0", FileTexts.Text("KeyReadOnTheWay")),
            TimeSpan.FromMinutes(fields.Number("every", 1, 1_440) ?? 15));
        fields.Done();
        return port;
    }
}
