using System.CommandLine;
using GroupTicketing.Directory;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.Host.Commands;

/// <summary><c>catalogue export|check|plan|apply</c>: what the group's iTop is to hold, as a file.</summary>
static class CatalogueCommand
{
    public static Command Of(Func<ParseResult, HostSettings> settings)
    {
        var file = new Argument<string>("file") { Description = "e.g. deploy/pilot/itop-catalogue.yaml" };
        var to = new Argument<string?>("file") { Description = "Where to write it; left out: on the standard output", Arity = ArgumentArity.ZeroOrOne };
        var export = new Command("export", "Writes what an iTop has as such a file.") { to };
        export.SetAction((parsed, ct) => ExportCatalogue.Run(parsed, settings(parsed), parsed.GetValue(to), ct));
        var check = new Command("check", "Reads the file alone and says everything that is wrong at once; exit 1 when there is something.") { file };
        check.SetAction(parsed => Checked(parsed.GetValue(file)!, new CatalogueWords(ItopAccess.Language(parsed)), say: true) is null ? 1 : 0);
        var plan = new Command("plan", "Says what differs between the file and an iTop; writes nothing.") { file };
        plan.SetAction((parsed, ct) => With(parsed, settings(parsed), file, Shown, ct));
        var apply = new Command("apply", "Makes and changes in iTop what the file says and deletes nothing; given again it does what is left.") { file };
        apply.SetAction((parsed, ct) => With(parsed, settings(parsed), file, Applied, ct));
        return ItopAccess.With(new Command("catalogue", "The catalogue the group's iTop is to hold.") { export, check, plan, apply });
    }

    delegate Task<int> Act(IReadOnlyList<PlanLine> lines, InItop has, ItopClient itop, CatalogueWords words, CancellationToken ct);

    static async Task<int> With(ParseResult parsed, HostSettings settings, Argument<string> file, Act act, CancellationToken ct)
    {
        var words = new CatalogueWords(ItopAccess.Language(parsed));
        if (Checked(parsed.GetValue(file)!, words, say: false) is not { } catalogue || ItopAccess.Options(parsed, settings.Itop) is not { } options)
            return 1;
        return await ItopAccess.Act(options, async itop =>
        {
            var has = await new ReadCatalogue(itop).All(ct);
            return await act(Plan.Of(catalogue.Items, has), has, itop, words, ct);
        }, ct);
    }

    static ItopCatalogue? Checked(string file, CatalogueWords words, bool say)
    {
        var (catalogue, errors, warnings) = ItopCatalogue.Load(file);
        foreach (var error in errors)
            System.Console.Error.WriteLine($"error: {error}");
        foreach (var warning in warnings)
            System.Console.Error.WriteLine($"warning: {warning}");
        if (errors.Count > 0)
            return null;
        if (say)
            System.Console.WriteLine(words.Of("Sound", file, catalogue.Of(ItopKind.Brique).Count(), catalogue.Of(ItopKind.Service).Count(), catalogue.Participating.Count));
        return catalogue;
    }

    static Task<int> Shown(IReadOnlyList<PlanLine> lines, InItop has, ItopClient itop, CatalogueWords words, CancellationToken ct)
    {
        foreach (var kind in has.Closed)
            System.Console.WriteLine(words.Of("Closed", words.Kind(kind)));
        foreach (var line in lines.Select(words.Of).Concat(has.Unplaced.Select(words.Of)))
            System.Console.WriteLine(line);
        System.Console.WriteLine(lines.All(line => line is PlanLine.Unknown) && has.Closed.Count == 0
            ? words.Of("Same")
            : words.Of("Counts", lines.Count(line => line is PlanLine.Create), lines.Count(line => line is PlanLine.Change), lines.Count(line => line is PlanLine.Unknown), lines.Count(IsForPeople) + has.Closed.Count));
        return Task.FromResult(0);
    }

    static async Task<int> Applied(IReadOnlyList<PlanLine> lines, InItop has, ItopClient itop, CatalogueWords words, CancellationToken ct)
    {
        if (has.Closed.Count > 0 || lines.Any(IsForPeople) || !lines.Any(line => line is PlanLine.Create or PlanLine.Change))
        {
            await Shown(lines, has, itop, words, ct);
            if (has.Closed.Count == 0 && !lines.Any(IsForPeople))
                return 0;
            System.Console.Error.WriteLine(words.Of("Settle"));
            return 1;
        }
        try
        {
            await new ApplyCatalogue(itop).Apply(lines, has, (line, password) => Say(line, password, words), ct);
            return 0;
        }
        catch (ItopException exception)
        {
            System.Console.Error.WriteLine(words.Of("Stopped", exception.Reason));
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            System.Console.Error.WriteLine(words.Of("Stopped", "HTTP timeout"));
        }
        return 1;
    }

    static bool IsForPeople(PlanLine line) => line is PlanLine.Missing or PlanLine.Several;

    static void Say(PlanLine line, string? password, CatalogueWords words)
    {
        System.Console.WriteLine(words.Of("Done", words.Of(line)));
        if (password is not null)
            System.Console.WriteLine(words.Of("Password", line.Item.Path, password));
    }
}
