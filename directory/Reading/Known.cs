namespace GroupTicketing.Directory.Reading;

/// <summary>Whether names that point into the catalogue are there.</summary>
internal static class Known
{
    public static void Check(Catalogue catalogue, string brique, string? service, string? sousService, int line, FileProblems problems)
    {
        if (catalogue.Find(brique) is { } found)
            Check(found, service, sousService, line, problems);
        else if (brique.Length > 0)
            problems.Error(line, $"'{brique}' is not a brique of the catalogue: {Nearest.Hint(brique, catalogue.Briques.Select(b => b.Name))}");
    }

    public static void Check(Brique brique, string? service, string? sousService, int line, FileProblems problems)
    {
        if (service is null && sousService is not null)
            problems.Error(line, $"the sous-service '{sousService}' is named without its service: add 'service:'");
        if (service is null or "")
            return;

        if (brique.Find(service) is not { } found)
            problems.Error(
                line,
                $"'{service}' is not a service of {brique.Name}: {Nearest.Hint(service, brique.Services.Select(s => s.Name))}");
        else if (sousService is { Length: > 0 } && found.Find(sousService) is null)
            problems.Error(
                line,
                $"'{sousService}' is not a sous-service of {brique.Name} > {found.Name}: "
                + Nearest.Hint(sousService, found.SousServices.Select(s => s.Name)));
    }
}
