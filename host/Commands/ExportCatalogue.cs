using System.CommandLine;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Host.Commands;

/// <summary><c>catalogue export</c>: an iTop as a file that another can be given; how one moves to a new iTop.</summary>
static class ExportCatalogue
{
    const string ReturnTeam = "Retour école";

    public static async Task<int> Run(ParseResult parsed, HostSettings settings, string? file, CancellationToken ct)
    {
        if (file is not null && File.Exists(file))
            return Tell.Error(CommandTexts.Text("ThereAlready", file));
        if (ItopAccess.Options(parsed, settings.Itop) is not { } options)
            return 1;
        return await ItopAccess.Act(options, itop => Write(itop, file, new CatalogueTexts(CommandTexts.Language), ct), ct);
    }

    static async Task<int> Write(ItopClient itop, string? file, CatalogueTexts words, CancellationToken ct)
    {
        var has = await new ReadCatalogue(itop).All(ct);
        if (Provider(has) is not { } provider)
        {
            Console.Error.WriteLine(words.Text("NoProvider"));
            return 1;
        }
        var (catalogue, leftOut) = Exported.From(has, provider, ReturnTeam);
        var notes = has
            .Closed.Select(kind => words.Text("NotRead", words.Kind(kind)))
            .Concat(leftOut.Select(item => words.Text("LeftOut", words.Kind(item.Kind), item.Path)))
            .Concat(has.Unplaced.Select(words.Text));
        var text = WriteItopCatalogue.Write(catalogue, [.. notes]);
        if (file is null)
            Console.Write(text);
        else
            await File.WriteAllTextAsync(file, text, ct);
        return 0;
    }

    // Who provides most of the services; in an iTop without any, the organisation above the others.
    static string? Provider(InItop has) =>
        has.From(ItopKind.Service)
            .Select(one => one.Item.Says.GetValueOrDefault("provider"))
            .OfType<string>()
            .GroupBy(name => name)
            .MaxBy(group => group.Count())
            ?.Key
        ?? has.From(ItopKind.Organisation).Select(one => one.Item).FirstOrDefault(one => !one.Says.ContainsKey("parent"))?.Path;
}
