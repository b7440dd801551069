using System.CommandLine;
using System.Globalization;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Host.Commands;

/// <summary>The iTop a command speaks to: that of the settings, or another named on the command line; and the language
/// it answers in.</summary>
static class ItopAccess
{
    static readonly Option<string?> url = new("--itop-url") { Description = CommandTexts.Text("ItopUrl"), Recursive = true };
    static readonly Option<string?> user = new("--itop-user") { Description = CommandTexts.Text("ItopUser"), Recursive = true };
    static readonly Option<string?> passwordFile = new("--itop-password-file")
    {
        Description = CommandTexts.Text("ItopPassword"),
        Recursive = true,
    };
    static readonly Option<string> language = new("--lang")
    {
        Description = CommandTexts.Text("Language"), DefaultValueFactory = _ => CommandTexts.Language.Name, Recursive = true,
    };

    /// <summary>The command with the options of all that speak to iTop.</summary>
    public static Command With(Command command)
    {
        language.AcceptOnlyFromAmong("fr", "en");
        foreach (var option in new Option[] { url, user, passwordFile, language })
            command.Add(option);
        return command;
    }

    /// <summary>The language that was typed, where one was, is from here on this process'.</summary>
    public static void Speak(ParseResult parsed)
    {
        if (parsed.GetValue(language) is { } typed)
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(typed);
    }

    /// <summary>iTop as set, or null after what is wrong was printed.</summary>
    public static ItopOptions? Options(ParseResult parsed, ItopSettings settings)
    {
        var errors = new List<string>();
        var named = settings with
        {
            Url = parsed.GetValue(url) is { } other ? Address(other) : settings.Url,
            User = parsed.GetValue(user) ?? settings.User,
            PasswordFile = parsed.GetValue(passwordFile) ?? settings.PasswordFile,
        };
        var options = Configuration.ReadItop(named, errors);
        Tell.Errors(errors);
        return options;
    }

    /// <summary>Acts on iTop with a time limit on each call; what it refuses is printed, exit 1.</summary>
    public static async Task<int> Act(ItopOptions options, Func<ItopClient, Task<int>> act, CancellationToken ct)
    {
        using var http = Platform.Outside.Client(MostBytes);
        http.Timeout = options.Deadline;
        try
        {
            return await act(new ItopClient(http, options, TimeProvider.System));
        }
        catch (ItopException exception)
        {
            return Tell.Error(new DoctorTexts(CommandTexts.Language).Explain(exception.Hindrance));
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return Tell.Error(CommandTexts.Text("ItopSilent", options.Deadline.TotalSeconds));
        }
    }

    // All the people of an iTop in one answer.
    const long MostBytes = 64 * 1024 * 1024;

    static Uri? Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;
}
