using System.CommandLine;
using System.CommandLine.Help;
using GroupTicketing.Host.Demo;

namespace GroupTicketing.Host.Commands;

/// <summary>The command line: <c>run</c> when told nothing.</summary>
static class CommandLine
{
    static readonly Option<string?> services = new("--services")
    {
        Description = CommandTexts.Of("Services", string.Join(", ", Modules.Names)),
        Recursive = true,
    };
    static readonly Option<string?> data = new("--data") { Description = CommandTexts.Of("Data"), Recursive = true };
    static readonly Option<string?> directory = new("--directory")
    {
        Description = CommandTexts.Of("Directory"),
        Recursive = true,
    };
    static readonly Option<string?> urls = new("--urls") { Description = CommandTexts.Of("Urls"), Recursive = true };
    static readonly Option<bool> insecure = new("--insecure-demo")
    {
        Description = CommandTexts.Of("InsecureDemo"), Recursive = true,
    };

    static readonly Option<bool> first = new("--first") { Description = CommandTexts.Of("First") };

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
        var root = new RootCommand(CommandTexts.Of("Root")) { services, data, directory, urls, insecure };
        // The library has no French of it.
        root.Options.OfType<HelpOption>().Single().Description = CommandTexts.Of("Help");
        var run = new Command("run", CommandTexts.Of("Run"));
        run.Add(first);
        run.SetAction((parsed, ct) =>
            Checked(parsed, settings => RunCommand.Run(settings, Named(parsed), parsed.GetValue(first), ct))
        );
        root.SetAction((parsed, ct) =>
            Checked(parsed, settings => RunCommand.Run(settings, Named(parsed), first: false, ct))
        );
        var check = new Command("check", CommandTexts.Of("Check"));
        check.SetAction((parsed, ct) => Checked(parsed, settings => CheckCommand.Run(settings, Named(parsed), ct)));
        root.Add(run);
        root.Add(check);
        root.Add(FirstCommand.Of(SettingsOf));
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
        var once = new Option<bool>("--once") { Description = CommandTexts.Of("Once") };
        var demo = new Command("demo", CommandTexts.Of("Demo")) { once };
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
