using GroupTicketing.Intake;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using GroupTicketing.Registry.Reading;

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
            return CommandTexts.Text("OperatorUnnamed", Named);
        if (holder.StartsWith($"{Keys.Operator}:", StringComparison.Ordinal))
        {
            var name = holder[(Keys.Operator.Length + 1)..];
            return IsName(name) ? null : CommandTexts.Text("OperatorNamed", Keys.Operator, MostName);
        }
        var reading = RegistryLoader.Load(settings.Directory, [.. IntakeModule.Dialects.Keys]);
        if (reading.Catalogue is not { } catalogue)
            return CommandTexts.Text("SchoolsUnread", reading.Errors[0], holder);
        var schools = catalogue.Group.Schools.Select(school => school.Slug).ToList();
        if (schools.Contains(holder))
            return null;
        return CommandTexts.Text("HolderUnknown", holder, Nearest.Hint(holder, [.. schools, Named]));
    }

    static bool IsName(string name) =>
        name.Length is > 0 and <= MostName && name.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
