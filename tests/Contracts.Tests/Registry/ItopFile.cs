using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>The pilot's catalogue for iTop, to be broken in one place.</summary>
internal sealed class ItopFile : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public ItopFile() => File.WriteAllText(path, Pilot);

    public static string Pilot => File.ReadAllText(Repository.PathOf("deploy/pilot/itop-catalogue.yaml"));

    public string Text
    {
        get => File.ReadAllText(path);
        set => File.WriteAllText(path, value);
    }

    /// <summary>Replaces text that must be there, so that a case cannot silently break nothing.</summary>
    public ItopFile Change(string from, string to)
    {
        Text.ShouldContain(from);
        Text = Text.Replace(from, to);
        return this;
    }

    public IReadOnlyList<string> Errors() => [.. ItopCatalogue.Load(path).Errors.Select(error => error.Text)];

    public IReadOnlyList<string> Warnings() => [.. ItopCatalogue.Load(path).Warnings.Select(warning => warning.Text)];

    public ItopCatalogue Sound()
    {
        var (catalogue, errors, _) = ItopCatalogue.Load(path);
        errors.ShouldBeEmpty();
        return catalogue;
    }

    public void Dispose() => File.Delete(path);
}
