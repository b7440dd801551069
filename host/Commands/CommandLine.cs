using System.CommandLine;
using System.CommandLine.Help;
using GroupTicketing.Host.Demo;

namespace GroupTicketing.Host.Commands;

/// <summary>The command line: <c>run</c> when told nothing.</summary>
static class CommandLine
{
    static readonly Option<string?> services = new("--services")
    {
        Description = CommandTexts.Text("Services", string.Join(", ", Modules.Names)),
        Recursive = true,
    };
    static readonly Option<string?> data = new("--data") { Description = CommandTexts.Text("Data"), Recursive = true };
    static readonly Option<string?> directory = new("--directory")
    {
        Description = CommandTexts.Text("Directory"),
        Recursive = true,
    };
    static readonly Option<string?> urls = new("--urls") { Description = CommandTexts.Text("Urls"), Recursive = true };
    static readonly Option<bool> insecure = new("--insecure-demo")
    {
        Description = CommandTexts.Text("InsecureDemo"), Recursive = true,
    };

    static readonly Option<bool> first = new("--first") { Description = CommandTexts.Text("First") };

    /// <summary>Does what was typed. What is not understood is said in one line, without the whole help after it.</summary>
    public static async Task<int> Run(string[] typed)
    {
        var parsed = Root().Parse(typed);
        if (Misused.Line(parsed) is { } line)
            return Tell.Error(line);
        ItopAccess.Speak(parsed);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (SettingsUnreadable unreadable)
        {
            return Tell.Errors(unreadable.Faults.Select(fault => fault.What));
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
        // A fault of ours: whole, for whoever mends it.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Tell.Error(exception.ToString());
        }
    }

    public static RootCommand Root()
    {
        var root = new RootCommand(CommandTexts.Text("Root")) { services, data, directory, urls, insecure };
        // The library has no French of it.
        root.Options.OfType<HelpOption>().Single().Description = CommandTexts.Text("Help");
        var run = new Command("run", CommandTexts.Text("Run"));
        run.Add(first);
        run.SetAction((parsed, ct) =>
            Checked(parsed, settings => RunCommand.Run(settings, Named(parsed), parsed.GetValue(first), ct))
        );
        root.SetAction((parsed, ct) =>
            Checked(parsed, settings => RunCommand.Run(settings, Named(parsed), first: false, ct))
        );
        var check = new Command("check", CommandTexts.Text("Check"));
        check.SetAction((parsed, ct) => Checked(parsed, settings => CheckCommand.Run(settings, Named(parsed), ct)));
        root.Add(run);
        root.Add(check);
        root.Add(FirstCommand.Create(SettingsOf));
        root.Add(DemoCommand());
        root.Add(KeysCommand.Create(SettingsOf));
        root.Add(HealthCommand.Create());
        root.Add(StatusCommand.Create(SettingsOf));
        foreach (var command in BackupCommand.Create(SettingsOf))
            root.Add(command);
        root.Add(RestoredCommand.Create(SettingsOf));
        root.Add(ErrorsCommand.Create(SettingsOf));
        root.Add(CatalogueCommand.Create(SettingsOf));
        root.Add(ItopCommand.Create(SettingsOf));
        return root;
    }

    static Command DemoCommand()
    {
        var once = new Option<bool>("--once") { Description = CommandTexts.Text("Once") };
        var demo = new Command("demo", CommandTexts.Text("Demo")) { once };
        demo.SetAction(
            (parsed, ct) => PlayDemo.Run(parsed.GetValue(data) ?? Path.Combine("data", "demo"), parsed.GetValue(once), ct)
        );
        return demo;
    }

    // Of these everything that is wrong is said at once, whatever it is with.
    static async Task<int> Checked(ParseResult parsed, Func<HostSettings, Task<int>> run)
    {
        try
        {
            return await run(SettingsOf(parsed));
        }
        catch (SettingsUnreadable unreadable)
        {
            return CheckCommand.Refused(unreadable, Named(parsed));
        }
    }

    static IReadOnlyCollection<string> Named(ParseResult parsed) =>
        parsed.GetValue(services)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    static HostSettings SettingsOf(ParseResult parsed)
    {
        var (configured, faults) = SettingsUnreadable.Read();
        var settings = configured with
        {
            Data = parsed.GetValue(data) ?? configured.Data,
            Directory = parsed.GetValue(directory) ?? configured.Directory,
            Urls = parsed.GetValue(urls) ?? configured.Urls,
            InsecureDemo = parsed.GetValue(insecure) || configured.InsecureDemo,
        };
        return faults.Count == 0 ? settings : throw new SettingsUnreadable(faults, settings);
    }
}
