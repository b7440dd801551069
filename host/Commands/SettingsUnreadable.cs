namespace GroupTicketing.Host.Commands;

/// <summary>Settings of the wrong kind, or a file of settings that is no JSON: all that is wrong, by key and without the
/// values, which may be passwords.</summary>
sealed class SettingsUnreadable(IReadOnlyList<string> faults) : Exception(string.Join("; ", faults))
{
    public IReadOnlyList<string> Faults => faults;

    /// <exception cref="SettingsUnreadable">They cannot be read.</exception>
    public static HostSettings Read(IConfigurationBuilder sources)
    {
        IConfigurationRoot configured;
        try
        {
            configured = sources.Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            throw new SettingsUnreadable([CommandTexts.Of("SettingsNoJson")]);
        }
        // One by one: the binder stops at the first that it cannot read.
        List<string> faults =
        [
            .. configured.AsEnumerable().Where(setting => !IsReadable(setting)).Select(setting =>
                CommandTexts.Of("SettingUnread", setting.Key)
            ),
        ];
        return faults.Count == 0 ? configured.Get<HostSettings>() ?? new HostSettings() : throw new SettingsUnreadable(faults);
    }

    static bool IsReadable(KeyValuePair<string, string?> setting)
    {
        try
        {
            _ = new ConfigurationBuilder().AddInMemoryCollection([setting]).Build().Get<HostSettings>();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
