using System.CommandLine;
using GroupTicketing.Host.Demo;

namespace GroupTicketing.Host.Commands;

/// <summary>The command line: <c>run</c> when told nothing.</summary>
static class CommandLine
{
    static readonly Option<string?> services = new("--services") { Description = $"The services to open, separated by commas; all when left out. Known: {string.Join(", ", Modules.Names)}", Recursive = true };
    static readonly Option<string?> data = new("--data") { Description = "The folder of the store and the files", Recursive = true };
    static readonly Option<string?> directory = new("--directory") { Description = "The folder of the catalogue, the schools and the calendar", Recursive = true };
    static readonly Option<string?> urls = new("--urls") { Description = "Where to listen", Recursive = true };

    public static RootCommand Root()
    {
        var root = new RootCommand("GroupTicketing: links each school's ticketing tool with the group's iTop.") { services, data, directory, urls };
        var run = new Command("run", "Opens the services (the default).");
        run.SetAction((parsed, ct) => RunCommand.Run(SettingsOf(parsed), Named(parsed), ct));
        root.SetAction((parsed, ct) => RunCommand.Run(SettingsOf(parsed), Named(parsed), ct));
        var check = new Command("check", "Reads all configuration and prints every error at once; exit 1 when there is one.");
        check.SetAction(parsed => CheckCommand.Run(SettingsOf(parsed), Named(parsed)));
        root.Add(run);
        root.Add(check);
        root.Add(DemoCommand());
        root.Add(KeysCommand.Of(SettingsOf));
        root.Add(HealthCommand.Of());
        root.Add(StatusCommand.Of(SettingsOf));
        foreach (var command in BackupCommand.Of(SettingsOf))
            root.Add(command);
        root.Add(RestoredCommand.Of(SettingsOf));
        root.Add(ErrorsCommand.Of(SettingsOf));
        root.Add(CatalogueCommand.Of(SettingsOf));
        root.Add(ItopCommand.Of(SettingsOf));
        return root;
    }

    static Command DemoCommand()
    {
        var once = new Option<bool>("--once") { Description = "Stop after the round trip: exit 0, or 1 with the reason" };
        var demo = new Command("demo", "Starts everything with a simulated iTop and simulated schools, and plays a ticket's life.") { once };
        demo.SetAction((parsed, ct) => PlayDemo.Run(parsed.GetValue(data) ?? Path.Combine("data", "demo"), parsed.GetValue(once), ct));
        return demo;
    }

    static IReadOnlyCollection<string> Named(ParseResult parsed) => parsed.GetValue(services)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    static HostSettings SettingsOf(ParseResult parsed)
    {
        var configured = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables("GROUPTICKETING__").Build().Get<HostSettings>() ?? new HostSettings();
        return configured with
        {
            Data = parsed.GetValue(data) ?? configured.Data,
            Directory = parsed.GetValue(directory) ?? configured.Directory,
            Urls = parsed.GetValue(urls) ?? configured.Urls,
        };
    }
}
