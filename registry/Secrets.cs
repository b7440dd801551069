using GroupTicketing.Registry.Reading;

namespace GroupTicketing.Registry;

/// <summary>Fetches the secrets a school's file refers to, and says which cannot be had.</summary>
public static class Secrets
{
    private const string Demo = "demo:";

    /// <summary>Reads files (relative ones from <paramref name="folder"/>) and environment variables of this process.</summary>
    /// <param name="demo">Whether a secret that stands in the school's file is taken: everybody knows the demo's.</param>
    public static SecretsReading Resolve(School school, string folder, bool demo) =>
        Resolve(school, path => ReadFile(Path.Combine(folder, path)), Environment.GetEnvironmentVariable, demo);

    /// <summary>Pure but for the two functions given; each answers null when there is no such file or variable.</summary>
    public static SecretsReading Resolve(School school, Func<string, string?> file, Func<string, string?> variable, bool demo)
    {
        var errors = new List<Problem>();
        var secrets = new SchoolSecrets(
            All(school.Secrets.Webhook, SecretForm.OfWebhook),
            All(school.Secrets.Rt, SecretForm.OfToken),
            All(school.Secrets.Callback, SecretForm.OfWebhook),
            All(school.Secrets.Read, SecretForm.OfKey));
        return new(secrets, errors);

        IReadOnlyList<string> All(IReadOnlyList<SecretReference> references, Func<string, string?> flawOf)
        {
            var values = new List<string>();
            foreach (var reference in references)
            {
                var (value, missing) = Value(reference.Text, file, variable);
                var secret = value?.Trim() ?? "";
                var wrong = secret.Length == 0 ? missing
                    : !demo && IsDemo(reference) ? FileTexts.Text("SecretEverybodys")
                    : flawOf(secret);
                if (wrong is null)
                    values.Add(secret);
                else
                    errors.Add(new(reference.File, reference.Line, wrong));
            }
            return values;
        }
    }

    /// <summary>Whether it stands in the file itself.</summary>
    public static bool IsDemo(SecretReference reference) => reference.Text.StartsWith(Demo, StringComparison.Ordinal);

    private static (string? Value, string Missing) Value(string text, Func<string, string?> file, Func<string, string?> variable)
    {
        var colon = text.IndexOf(':') + 1;
        var (kind, rest) = (text[..colon], text[colon..]);
        return kind switch
        {
            "file:" => (file(rest), FileTexts.Text("SecretFileMissing", rest)),
            "env:" => (variable(rest), FileTexts.Text("SecretVariableMissing", rest)),
            Demo => (rest, FileTexts.Text("SecretDemoEmpty")),
            _ => (null, FileTexts.Text("SecretNotReferred")),
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
