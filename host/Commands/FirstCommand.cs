using System.CommandLine;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Commands;

/// <summary><c>first</c>: makes the store, once, before the first start ever. Several services that start at once
/// cannot each be told that they are the first.</summary>
static class FirstCommand
{
    public static Command Create(Func<ParseResult, HostSettings> settings)
    {
        var command = new Command("first", CommandTexts.Text("MakeStore"));
        command.SetAction((parsed, ct) => Run(settings(parsed)));
        return command;
    }

    static async Task<int> Run(HostSettings settings)
    {
        var errors = new List<string>();
        var options = Engines.Read(settings, [], errors);
        if (errors.Count == 0 && await Fault(options) is { } fault)
            errors.Add(fault);
        if (errors.Count == 0)
            Tell.Result("StoreMade");
        return Tell.Errors(errors);
    }

    static async Task<string?> Fault(PlatformOptions options)
    {
        try
        {
            using var held = await PlatformSetup.Take(options, first: true, TimeProvider.System.GetUtcNow());
            if (PlatformSetup.Store(options) is IAsyncDisposable embedded)
                await embedded.DisposeAsync();
            return null;
        }
        catch (StoreUnavailableException exception)
        {
            return exception.Localized;
        }
    }
}
