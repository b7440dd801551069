using GroupTicketing.Gateway;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary><c>run</c>: opens the services it is told to, all of them when told nothing.</summary>
static class RunCommand
{
    public static async Task<int> Run(HostSettings settings, IReadOnlyCollection<string> named, bool first, CancellationToken ct)
    {
        if (CheckCommand.Checked(settings, named) is not { } configuration)
            return 1;
        if (Listening.Fault(settings) is { } fault)
            return Tell.Error(fault);
        try
        {
            var modules = Modules.Open(named, settings);
            // The gateway alone keeps nothing.
            using var held = modules.Any(module => module is not GatewayModule)
                ? await PlatformSetup.Take(configuration.PlatformOptions, first, TimeProvider.System.GetUtcNow())
                : null;
            await using var app = App.Build(configuration, modules);
            await app.StartAsync(ct);
            held?.HasBegun();
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (StoreUnavailableException exception)
        {
            return Tell.Error(
                settings.Store.Url is null ? exception.Localized : CommandTexts.Text("StoreIsSought", exception.Localized)
            );
        }
    }
}
