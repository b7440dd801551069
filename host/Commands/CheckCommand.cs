namespace GroupTicketing.Host.Commands;

/// <summary><c>check</c>: reads all configuration and prints every error at once.</summary>
static class CheckCommand
{
    public static int Run(HostSettings settings, IReadOnlyCollection<string> named)
    {
        if (Checked(settings, named) is not { } configuration)
            return 1;
        System.Console.WriteLine($"{settings.Directory}: {configuration.Catalogue!.Briques.Count} briques, {configuration.Schools.Count} schools: no error");
        return 0;
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
