namespace GroupTicketing.Registry.Reading;

/// <summary>Whether names that point into the catalogue are there.</summary>
internal static class KnownNames
{
    public static void Check(
        Catalogue catalogue,
        string brique,
        string? service,
        string? sousService,
        int line,
        FileProblems problems
    )
    {
        if (catalogue.Find(brique) is { } found)
            Check(found, service, sousService, line, problems);
        else if (brique.Length > 0 && !problems.IsInDoubt(catalogue.Briques))
        {
            var hint = Nearest.Hint(brique, catalogue.Briques.Select(b => b.Name));
            problems.Error(line, FileTexts.Text("BriqueUnknown", brique, hint));
        }
    }

    public static void Check(Brique brique, string? service, string? sousService, int line, FileProblems problems)
    {
        if (service is null && sousService is not null)
            problems.Error(line, FileTexts.Text("SousServiceAlone", sousService));
        if (service is null or "")
            return;

        if (brique.Find(service) is { } found)
            CheckSousService(brique, found, sousService, line, problems);
        else if (!problems.IsInDoubt(brique.Services))
        {
            var hint = Nearest.Hint(service, brique.Services.Select(s => s.Name));
            problems.Error(line, FileTexts.Text("ServiceUnknown", service, brique.Name, hint));
        }
    }

    private static void CheckSousService(Brique brique, Service found, string? sousService, int line, FileProblems problems)
    {
        if (sousService is { Length: > 0 } && found.Find(sousService) is null && !problems.IsInDoubt(found.SousServices))
        {
            var hint = Nearest.Hint(sousService, found.SousServices.Select(s => s.Name));
            problems.Error(line, FileTexts.Text("SousServiceUnknown", sousService, brique.Name, found.Name, hint));
        }
    }
}
