using GroupTicketing.Directory;
using GroupTicketing.Directory.Reading;
using GroupTicketing.Intake;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary>Who may hold a key: one of the group's schools, or an operator by name.</summary>
static class Holders
{
    const string Named = $"{Keys.Operator}:NAME";
    const int MostName = 64;

    /// <summary>Why nobody is called so, or null.</summary>
    public static string? Fault(string holder, HostSettings settings)
    {
        if (holder == Keys.Operator)
            return $"an operator's key says whose it is, since acts are logged under that name: {Named}";
        if (holder.StartsWith($"{Keys.Operator}:", StringComparison.Ordinal))
            return IsName(holder[(Keys.Operator.Length + 1)..]) ? null : $"after {Keys.Operator}: stands a name of at most {MostName} letters, digits, '.', '-' or '_'";
        var reading = DirectoryLoader.Load(settings.Directory, [.. IntakeModule.Dialects.Keys]);
        if (reading.Catalogue is not { } catalogue)
            return $"{reading.Errors[0]}; until that is mended nobody knows whether {holder} is a school of the group";
        var schools = catalogue.Group.Schools.Select(school => school.Slug).ToList();
        return schools.Contains(holder) ? null : $"nobody is called '{holder}': {Nearest.Hint(holder, [.. schools, Named])}";
    }

    static bool IsName(string name) => name.Length is > 0 and <= MostName && name.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
