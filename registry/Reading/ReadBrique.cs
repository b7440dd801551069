namespace GroupTicketing.Registry.Reading;

/// <summary>A brique with its people and services.</summary>
internal static class ReadBrique
{
    public static Brique From(Fields fields, Group group, Once names)
    {
        var (name, aliases) = Names(fields, names);
        var brique = new Brique(
            name,
            aliases,
            fields.Flag("pilot"),
            fields.Text("team"),
            ReadIntervenants(fields, group),
            ReadServices(fields),
            ReadToQualify(fields));
        CheckWhole(brique, fields);
        fields.Done();
        return brique;
    }

    private static IReadOnlyList<Intervenant> ReadIntervenants(Fields brique, Group group)
    {
        var names = new Once(FileTexts.Text("TheIntervenant"));
        return [.. brique.Groups("intervenants").Select(f => ReadIntervenant(f, group, names))];
    }

    private static Intervenant ReadIntervenant(Fields fields, Group group, Once names)
    {
        var intervenant = new Intervenant(fields.Text("name"), fields.TextOrNull("school"), fields.TextOrNull("email"));
        names.Use(intervenant.Name, fields.LineOf("name"), fields.Problems);
        var slugs = group.Schools.Select(s => s.Slug).ToList();
        if (intervenant.School is null)
            fields.Problems.Warn(fields.Line, FileTexts.Text("SchoolNotGiven", intervenant.Name));
        else if (!fields.Problems.IsInDoubt(group.Schools) && !slugs.Contains(intervenant.School))
        {
            var hint = Nearest.Hint(intervenant.School, slugs);
            var text = FileTexts.Text("IntervenantSchoolUnknown", intervenant.Name, intervenant.School, hint);
            fields.Problems.Error(fields.LineOf("school"), text);
        }
        if (intervenant.Email is { } email && !IsEmail(email))
            fields.Problems.Error(fields.LineOf("email"), FileTexts.Text("NoEmail", intervenant.Name, email));
        fields.Done();
        return intervenant;
    }

    private static IReadOnlyList<Service> ReadServices(Fields brique)
    {
        var names = new Once(FileTexts.Text("TheServiceName"));
        return brique.List("services", f => ReadService(f, names));
    }

    private static Service ReadService(Fields fields, Once names)
    {
        var (name, aliases) = Names(fields, names);
        var inner = new Once(FileTexts.Text("TheSousServiceName"));
        var service = new Service(name, aliases, fields.List("sousServices", f => ReadSousService(f, inner)));
        if (service.SousServices.Count == 0)
            fields.Missing("sousServices", fields.Line, FileTexts.Text("ServiceWithoutSousService", name));
        fields.Done();
        return service;
    }

    private static SousService ReadSousService(Fields fields, Once names)
    {
        var (name, aliases) = Names(fields, names);
        fields.Text("requestType");
        var type = fields.Choice(
            "requestType",
            ("incident", RequestType.Incident),
            ("service_request", RequestType.ServiceRequest));
        var sousService = new SousService(name, type, fields.TextOrNull("team"), aliases);
        fields.Done();
        return sousService;
    }

    private static ToQualify? ReadToQualify(Fields brique)
    {
        if (brique.Group("toQualify") is not { } fields)
            return null;
        var toQualify = new ToQualify(fields.Text("service"), fields.Text("sousService"));
        fields.Done();
        return toQualify;
    }

    private static void CheckWhole(Brique brique, Fields fields)
    {
        if (brique.Intervenants.Count == 0)
            fields.Missing("intervenants", fields.Line, FileTexts.Text("BriqueWithoutIntervenant", brique.Name));
        if (brique.Services.Count == 0)
            fields.Missing("services", fields.Line, FileTexts.Text("BriqueWithoutService", brique.Name));
        if (brique.ToQualify is null && brique.Pilot)
            fields.Missing("toQualify", fields.Line, FileTexts.Text("PilotWithoutToQualify", brique.Name));
        if (brique.ToQualify is { } to)
            KnownNames.Check(brique, to.Service, to.SousService, fields.LineOf("toQualify"), fields.Problems);
    }

    private static (string Name, IReadOnlyList<string> Aliases) Names(Fields fields, Once names)
    {
        var name = fields.Text("name");
        names.Use(name, fields.LineOf("name"), fields.Problems);
        var aliases = fields.Texts("aliases");
        foreach (var (alias, line) in aliases)
            names.Use(alias, line, fields.Problems);
        return (name, [.. aliases.Select(a => a.Text)]);
    }

    private static bool IsEmail(string text) =>
        text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(char.IsWhiteSpace);
}
