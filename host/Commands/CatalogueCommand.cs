using System.CommandLine;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Host.Commands;

/// <summary><c>catalogue export|check|plan|apply</c>: what the group's iTop is to hold, as a file.</summary>
static class CatalogueCommand
{
    public static Command Create(Func<ParseResult, HostSettings> settings)
    {
        var file = new Argument<string>("file") { Description = CommandTexts.Text("CatalogueFile") };
        var to = new Argument<string?>("file")
        {
            Description = CommandTexts.Text("CatalogueTo"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var export = new Command("export", CommandTexts.Text("CatalogueExport")) { to };
        export.SetAction((parsed, ct) => ExportCatalogue.Run(parsed, settings(parsed), parsed.GetValue(to), ct));
        var check = new Command("check", CommandTexts.Text("CatalogueCheck")) { file };
        check.SetAction(parsed =>
            Checked(parsed.GetValue(file)!, new CatalogueTexts(CommandTexts.Language), say: true) is null ? 1 : 0);
        var plan = new Command("plan", CommandTexts.Text("CataloguePlan")) { file };
        plan.SetAction((parsed, ct) => With(parsed, settings(parsed), file, Shown, ct));
        var apply = new Command("apply", CommandTexts.Text("CatalogueApply")) { file };
        apply.SetAction((parsed, ct) => With(parsed, settings(parsed), file, Applied, ct));
        return ItopAccess.With(new Command("catalogue", CommandTexts.Text("Catalogue")) { export, check, plan, apply });
    }

    delegate Task<int> Act(IReadOnlyList<PlanLine> lines, InItop has, ItopClient itop, Report report, CancellationToken ct);

    /// <param name="File">What is applied.</param>
    sealed record Report(CatalogueTexts Texts, string File)
    {
        public string Text(string name, params object[] blanks) => Texts.Text(name, blanks);
    }

    static async Task<int> With(ParseResult parsed, HostSettings settings, Argument<string> file, Act act, CancellationToken ct)
    {
        var words = new CatalogueTexts(CommandTexts.Language);
        if (
            Checked(parsed.GetValue(file)!, words, say: false) is not { } catalogue
            || ItopAccess.Options(parsed, settings.Itop) is not { } options
        )
            return 1;
        return await ItopAccess.Act(options, async itop =>
        {
            var has = await new ReadCatalogue(itop).All(ct);
            return await act(Plan.From(catalogue.Items, has), has, itop, new Report(words, parsed.GetValue(file)!), ct);
        }, ct);
    }

    static ItopCatalogue? Checked(string file, CatalogueTexts words, bool say)
    {
        var (catalogue, errors, warnings) = ItopCatalogue.Load(file);
        var exit = Tell.Errors(errors.Select(error => $"{error}"));
        foreach (var warning in warnings)
            Tell.Warning($"{warning}");
        if (exit != 0)
            return null;
        if (say)
            Console.WriteLine(
                words.Text(
                    "Sound",
                    file,
                    catalogue.OfKind(ItopKind.Brique).Count(),
                    catalogue.OfKind(ItopKind.Service).Count(),
                    catalogue.Participating.Count
                )
            );
        return catalogue;
    }

    static Task<int> Shown(IReadOnlyList<PlanLine> lines, InItop has, ItopClient itop, Report report, CancellationToken ct)
    {
        foreach (var kind in has.Closed)
            Console.WriteLine(report.Text("Closed", report.Texts.Kind(kind)));
        foreach (var line in lines.Select(report.Texts.Text).Concat(has.Unplaced.Select(report.Texts.Text)))
            Console.WriteLine(line);
        Console.WriteLine(
            lines.All(line => line is PlanLine.Unknown) && has.Closed.Count == 0
                ? report.Text("Same")
                : report.Text(
                    "Counts",
                    Count<PlanLine.Create>(),
                    Count<PlanLine.Change>(),
                    Count<PlanLine.Unknown>(),
                    lines.Count(IsForPeople) + has.Closed.Count
                )
        );
        return Task.FromResult(0);

        int Count<T>() => lines.Count(line => line is T);
    }

    static async Task<int> Applied(
        IReadOnlyList<PlanLine> lines,
        InItop has,
        ItopClient itop,
        Report report,
        CancellationToken ct
    )
    {
        if (has.Closed.Count > 0 || lines.Any(IsForPeople) || !lines.Any(line => line is PlanLine.Create or PlanLine.Change))
        {
            await Shown(lines, has, itop, report, ct);
            if (has.Closed.Count == 0 && !lines.Any(IsForPeople))
                return 0;
            Console.Error.WriteLine(report.Text("Settle"));
            return 1;
        }
        var apply = new ApplyCatalogue(itop);
        try
        {
            await apply.Apply(lines, has, (line, password) => Say(line, password, report.Texts), ct);
            return 0;
        }
        catch (ItopException exception)
        {
            Stopped(report, apply.At, exception.Hindrance, exception.Sentence);
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            Stopped(report, apply.At, new Hindrance(ItopFault.Broken), null);
        }
        return 1;
    }

    static void Stopped(Report report, ItopItem? at, Hindrance why, string? sentence)
    {
        if (at is not null)
            Console.Error.WriteLine(report.Text("StoppedAt", report.File, at.Line, report.Texts.Kind(at.Kind), at.Path));
        if (sentence is not null)
            Console.Error.WriteLine(report.Text("ItopSays", sentence));
        Console.Error.WriteLine(report.Text("Stopped", new DoctorTexts(CommandTexts.Language).Explain(why)));
    }

    static bool IsForPeople(PlanLine line) => line is PlanLine.Missing or PlanLine.Several;

    static void Say(PlanLine line, string? password, CatalogueTexts words)
    {
        Console.WriteLine(words.Text("Done", words.Text(line)));
        if (password is not null)
            Console.WriteLine(words.Text("Password", line.Item.Path, password));
    }
}
