namespace GroupTicketing.Directory;

/// <summary>Fetches the secrets a school's file refers to, and says which cannot be had.</summary>
public static class Secrets
{
    /// <summary>Reads files (relative ones from <paramref name="folder"/>) and environment variables of this process.</summary>
    public static SecretsReading Resolve(School school, string folder) =>
        Resolve(school, path => ReadFile(Path.Combine(folder, path)), Environment.GetEnvironmentVariable);

    /// <summary>Pure but for the two functions given; each answers null when there is no such file or variable.</summary>
    public static SecretsReading Resolve(School school, Func<string, string?> file, Func<string, string?> variable)
    {
        var errors = new List<Problem>();
        var secrets = new SchoolSecrets(
            All(school.Secrets.Webhook, file, variable, errors),
            All(school.Secrets.Rt, file, variable, errors),
            All(school.Secrets.Callback, file, variable, errors),
            All(school.Secrets.Read, file, variable, errors));
        return new(secrets, errors);
    }

    private static IReadOnlyList<string> All(
        IReadOnlyList<SecretReference> references,
        Func<string, string?> file,
        Func<string, string?> variable,
        List<Problem> errors)
    {
        var values = new List<string>();
        foreach (var reference in references)
        {
            var (value, missing) = One(reference.Text, file, variable);
            if (string.IsNullOrWhiteSpace(value))
                errors.Add(new(reference.File, reference.Line, missing));
            else
                values.Add(value.Trim());
        }
        return values;
    }

    private static (string? Value, string Missing) One(string text, Func<string, string?> file, Func<string, string?> variable)
    {
        var colon = text.IndexOf(':') + 1;
        var (kind, rest) = (text[..colon], text[colon..]);
        return kind switch
        {
            "file:" => (file(rest), $"the secret's file '{rest}' is missing, empty or not readable: write the secret into it"),
            "env:" => (variable(rest), $"the secret's variable '{rest}' is missing or empty: set it before the start"),
            "demo:" => (rest, "the secret after 'demo:' is empty: write one"),
            _ => (null, "a secret is referred to, not written: use file:path or env:VARIABLE"),
        };
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
