using System.Net.Sockets;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary><c>check</c>: reads all configuration and prints every error at once.</summary>
static class CheckCommand
{
    // A name that nobody answers for within this time is looked up again when it is called.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<int> Run(HostSettings settings, IReadOnlyCollection<string> named, CancellationToken ct)
    {
        var services = named.Count == 0 ? Modules.Names : named;
        var (configuration, isRight) = Read(settings, named);
        // Whatever else is wrong: everything is said at once.
        if (!await AreOutside(configuration, services, ct) || !isRight)
            return 1;
        Tell.Result("NoError", settings.Directory, configuration.Catalogue!.Briques.Count, configuration.Schools.Count);
        var blind = configuration
            .Schools.Where(school => school is { Pilot: true, MirrorFrom: null })
            .Select(school => school.Slug)
            .ToList();
        if (blind.Count > 0)
            Tell.Result("Note", CommandTexts.Text("Blind", string.Join(", ", blind)));
        return 0;
    }

    /// <summary>Whether no school's address leads inside, as names are looked up now. A start does not wait for it:
    /// each call looks.</summary>
    static async Task<bool> AreOutside(Configuration configuration, IReadOnlyCollection<string> services, CancellationToken ct)
    {
        var addresses = new SchoolAddresses(configuration.PlatformOptions.Outside) { Language = CommandTexts.Language };
        var said = await Task.WhenAll(
            from school in configuration.Schools
            from called in OutsideSettings.Called(school, services)
            where addresses.Fault(called.Address) is null
            select Look($"{Configuration.FileOf(configuration.Settings, school)}: {called.Key}", called.Address));
        foreach (var warning in said.Select(one => one.Warning).OfType<string>())
            Tell.Warning(warning);
        return Tell.Errors(said.Select(one => one.Error).OfType<string>()) == 0;

        async Task<(string? Error, string? Warning)> Look(string where, Uri address)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            try
            {
                return (await addresses.FaultNow(address, limit.Token) is { } fault ? $"{where}: {fault}" : null, null);
            }
            catch (Exception exception)
                when (exception is SocketException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                return (null, CommandTexts.Text("NotLookedUp", where, address.Host));
            }
        }
    }

    /// <summary>The configuration, or null after everything wrong with it was printed.</summary>
    public static Configuration? Checked(HostSettings settings, IReadOnlyCollection<string> named) =>
        Read(settings, named) is (var configuration, true) ? configuration : null;

    /// <summary>Says all that is wrong where some settings cannot be read; answers the exit.</summary>
    public static int Refused(SettingsUnreadable unreadable, IReadOnlyCollection<string> named)
    {
        var services = named.Count == 0 ? Modules.Names : named;
        var byDefault = unreadable.IsWhole ? Configuration.Read(new HostSettings(), services).Errors : [];
        return Tell.Errors(
            unreadable.Faults.Select(fault => fault.What)
                .Concat(
                    Configuration.Read(unreadable.Rest, services).Errors.Where(error => !unreadable.Explains(error, byDefault))
                )
        );
    }

    static (Configuration Configuration, bool IsRight) Read(HostSettings settings, IReadOnlyCollection<string> named)
    {
        var unknown = Modules.Unknown(named);
        var configuration = Configuration.Read(settings, named.Count == 0 ? Modules.Names : named);
        var strange = unknown.Select(name => CommandTexts.Text("ServiceUnknown", name, string.Join(", ", Modules.Names)));
        var exit = Tell.Errors(strange.Concat(configuration.Errors));
        foreach (var warning in configuration.Warnings)
            Tell.Warning(warning);
        return (configuration, exit == 0);
    }
}
