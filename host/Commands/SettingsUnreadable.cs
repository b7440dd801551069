using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary>What is wrong with a setting, without its value, which may be a password.</summary>
/// <param name="Name">Its key; empty for the whole file.</param>
sealed record SettingFault(string Name, string What);

/// <summary>Settings that cannot be read: all that is wrong with them.</summary>
sealed class SettingsUnreadable(IReadOnlyList<SettingFault> faults, HostSettings rest)
    : Exception(string.Join("; ", faults.Select(fault => fault.What)))
{
    static readonly HostSettings defaults = new();

    public IReadOnlyList<SettingFault> Faults => faults;

    /// <summary>Those that can be read, so that what else is wrong is said with them.</summary>
    public HostSettings Rest => rest;

    /// <summary>Whether the whole file could not be read.</summary>
    public bool IsWhole => faults.Any(fault => fault.Name.Length == 0);

    /// <summary>Whether something else follows from what is wrong here: it is of the same setting, or found in the folder
    /// that is taken where a setting names none.</summary>
    /// <param name="byDefault">What is wrong where nothing is set, to be asked for where <see cref="IsWhole"/>.</param>
    public bool Explains(string error, IReadOnlyList<string> byDefault) =>
        (IsWhole && byDefault.Contains(error))
        || faults.Any(fault =>
            fault.Name.Length > 0
            && (error.Contains($" {fault.Name}", StringComparison.OrdinalIgnoreCase) || IsInFolder(fault.Name, error))
        );

    static bool IsInFolder(string name, string error) =>
        IsAt(name, nameof(HostSettings.Directory)) ? error.StartsWith(defaults.Directory, StringComparison.Ordinal)
        : IsAt(name, nameof(HostSettings.Data)) && error == SqliteStore.Refused(PlatformSetup.StoreFile(defaults.Data));

    /// <summary>The settings of the file and of the environment.</summary>
    public static (HostSettings Settings, IReadOnlyList<SettingFault> Faults) Read()
    {
        var file = SettingsFile.Here();
        var inFile = new ConfigurationBuilder().AddInMemoryCollection(file.Values).Build();
        var inEnvironment = new ConfigurationBuilder().AddEnvironmentVariables("GROUPTICKETING__").Build();
        List<SettingFault> faults =
        [
            .. file.Faults,
            .. file.Nulls.Where(SettingsShape.IsOurs)
                .Select(key => new SettingFault(key, CommandTexts.Text("SettingNull", key))),
            .. SettingsShape.Faults(inFile, isShared: true),
            .. SettingsShape.Faults(inEnvironment, isShared: false),
        ];
        var right = inFile.AsEnumerable().Concat(inEnvironment.AsEnumerable())
            .Where(set => set.Value is not null && !faults.Exists(fault => IsAt(set.Key, fault.Name)));
        var settings = new ConfigurationBuilder().AddInMemoryCollection(Last(right)).Build().Get<HostSettings>();
        return (settings ?? new HostSettings(), faults);
    }

    static bool IsAt(string key, string name) =>
        key.Equals(name, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase);

    static IEnumerable<KeyValuePair<string, string?>> Last(IEnumerable<KeyValuePair<string, string?>> set) =>
        set.GroupBy(one => one.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Last());
}
