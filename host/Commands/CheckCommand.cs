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
        if (Checked(settings, named) is not { } configuration || !await AreOutside(configuration, services, ct))
            return 1;
        System.Console.WriteLine($"{settings.Directory}: {configuration.Catalogue!.Briques.Count} briques, {configuration.Schools.Count} schools: no error");
        var blind = configuration.Schools.Where(school => school is { Pilot: true, MirrorFrom: null }).Select(school => school.Slug).ToList();
        if (blind.Count > 0)
            System.Console.WriteLine($"note: {string.Join(", ", blind)}: see nothing of what the group opens for them in iTop; "
                + "'mirrorFrom' in a school's file says from which day on they do");
        return 0;
    }

    /// <summary>Whether no school's address leads inside, as names are looked up now. A start does not wait for it: each call looks.</summary>
    static async Task<bool> AreOutside(Configuration configuration, IReadOnlyCollection<string> services, CancellationToken ct)
    {
        var addresses = new SchoolAddresses(configuration.House.Outside);
        var said = await Task.WhenAll(
            from school in configuration.Schools
            from called in OutsideSettings.Called(school, services)
            select Look($"{Configuration.FileOf(configuration.Settings, school)}: {called.Key}", called.Address));
        foreach (var line in said.OfType<string>())
            System.Console.Error.WriteLine(line);
        return !said.OfType<string>().Any(line => line.StartsWith("error: ", StringComparison.Ordinal));

        async Task<string?> Look(string where, Uri address)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            try
            {
                return await addresses.FaultNow(address, limit.Token) is { } fault ? $"error: {where}: {fault}" : null;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                return $"warning: {where}: {address.Host} cannot be looked up from here now";
            }
        }
    }

    /// <summary>The configuration, or null after everything wrong with it was printed.</summary>
    public static Configuration? Checked(HostSettings settings, IReadOnlyCollection<string> named)
    {
        var unknown = Modules.Unknown(named);
        var configuration = Configuration.Read(settings, named.Count == 0 ? Modules.Names : named);
        foreach (var name in unknown)
            System.Console.Error.WriteLine($"error: --services {name}: no such service; known are {string.Join(", ", Modules.Names)}");
        foreach (var error in configuration.Errors)
            System.Console.Error.WriteLine($"error: {error}");
        foreach (var warning in configuration.Warnings)
            System.Console.Error.WriteLine($"warning: {warning}");
        return unknown.Count + configuration.Errors.Count == 0 ? configuration : null;
    }
}
