namespace GroupTicketing.Simulators;

/// <summary>A ledger file over HTTP: the same lines, one JSON document each.</summary>
public static class Ledger
{
    public static IResult Show(string path)
    {
        // Whole before its length is said: lines are added meanwhile.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var lines = new MemoryStream();
        file.CopyTo(lines);
        return Results.Bytes(lines.ToArray(), "application/x-ndjson; charset=utf-8");
    }
}
