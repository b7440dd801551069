namespace GroupTicketing.Simulators;

/// <summary>A ledger file over HTTP: the same lines, one JSON document each.</summary>
public static class Ledger
{
    public static IResult Show(string path)
    {
        var lines = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Results.Stream(lines, "application/x-ndjson; charset=utf-8");
    }
}
