using System.CommandLine;
using GroupTicketing.Intake;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Host.Commands;

/// <summary><c>itop doctor</c>: whether the connector can work with an iTop, and what would make it work better; exit 1
/// when it cannot.</summary>
static class ItopCommand
{
    const long MostBytes = 16 * 1024 * 1024;

    public static Command Create(Func<ParseResult, HostSettings> settings)
    {
        var trying = new Option<bool>("--try-ticket") { Description = CommandTexts.Text("TryTicket") };
        var doctor = new Command("doctor", CommandTexts.Text("Doctor")) { trying };
        doctor.SetAction((parsed, ct) => Run(parsed, settings(parsed), parsed.GetValue(trying), ct));
        return ItopAccess.With(new Command("itop", CommandTexts.Text("Itop")) { doctor });
    }

    static async Task<int> Run(ParseResult parsed, HostSettings settings, bool trying, CancellationToken ct)
    {
        if (ItopAccess.Options(parsed, settings.Itop) is not { } options)
            return 1;
        using var http = Platform.Outside.Client(MostBytes);
        http.Timeout = options.Deadline;
        var files = RegistryLoader.Load(settings.Directory, [.. IntakeModule.Dialects.Keys]);
        var seen = await new ExamineItop(http, options, TimeProvider.System).Look(
            files.Errors.Count == 0 ? files : null,
            trying,
            ct
        );
        var (findings, words) = (Diagnosis.From(seen), new DoctorTexts(CommandTexts.Language));
        foreach (var line in findings.SelectMany(words.Explain))
            Console.WriteLine(line);
        Console.WriteLine(words.Sum(findings));
        return findings.Any(one => one.Health == Health.Broken) ? 1 : 0;
    }
}
