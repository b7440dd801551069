using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using GroupTicketing.Registry.Reading;

namespace GroupTicketing.Host.Commands;

/// <summary>Whether what is set has the names and the kinds of <see cref="HostSettings"/>: the framework's binder passes
/// over whatever it does not know.</summary>
static class SettingsShape
{
    // At the top of the file ASP.NET reads, too; these are near a name of ours, and none of it.
    static readonly string[] others = ["Logging", "Kestrel", "AllowedHosts"];

    /// <summary>All that is wrong.</summary>
    /// <param name="isShared">Whether others read there, too: of what is nobody's only what is nearly ours is said.</param>
    public static IEnumerable<SettingFault> Faults(IConfiguration set, bool isShared) =>
        Members(set, typeof(HostSettings), "", isShared);

    /// <summary>Whether a key is one of ours.</summary>
    public static bool IsOurs(string key) => Properties(typeof(HostSettings)).ContainsKey(key.Split(':')[0]);

    static IEnumerable<SettingFault> Members(IConfiguration set, Type type, string prefix, bool isShared)
    {
        var known = Properties(type);
        foreach (var one in set.GetChildren())
        {
            var name = prefix + one.Key;
            if (known.TryGetValue(one.Key, out var property))
            {
                foreach (var fault in Member(one, property.PropertyType, prefix + property.Name))
                    yield return fault;
            }
            else if (!isShared || (!others.Contains(one.Key) && Nearest.To(one.Key, known.Keys) is not null))
                yield return new(name, CommandTexts.Text("SettingUnknown", name, Nearest.Hint(one.Key, known.Keys)));
        }
    }

    static IEnumerable<SettingFault> Member(IConfigurationSection set, Type type, string name)
    {
        var members = set.GetChildren().ToList();
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            if (members.Count > 0)
                return [new(name, CommandTexts.Text("SettingNoValue", name))];
            return IsReadable(set) ? [] : [new(name, CommandTexts.Text("SettingUnread", name))];
        }
        if (set.Value is not null || members.Exists(one => int.TryParse(one.Key, CultureInfo.InvariantCulture, out _)))
            return [new(name, CommandTexts.Text("SettingNoSection", name, string.Join(", ", Names(type, name))))];
        return type.IsGenericType
            ? members.SelectMany(one => Member(one, type.GenericTypeArguments[1], $"{name}:{one.Key}"))
            : Members(set, type, $"{name}:", isShared: false);
    }

    static IEnumerable<string> Names(Type type, string name) =>
        (type.IsGenericType ? Modules.Names : [.. Properties(type).Keys]).Select(one => $"{name}:{one}");

    static Dictionary<string, PropertyInfo> Properties(Type type) =>
        type.GetProperties().Where(one => one.CanWrite).ToDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);

    // The binder itself is asked, and one by one: it stops at the first that it cannot read.
    static bool IsReadable(IConfigurationSection set)
    {
        try
        {
            _ = new ConfigurationBuilder().AddInMemoryCollection([new(set.Path, set.Value)]).Build().Get<HostSettings>();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
