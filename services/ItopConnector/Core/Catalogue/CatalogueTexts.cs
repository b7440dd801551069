using System.Globalization;
using System.Resources;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What people read of a catalogue and its plan, from <c>CatalogueTexts.resx</c>: French first.</summary>
public sealed class CatalogueTexts(CultureInfo language)
{
    static readonly ResourceManager texts = new(typeof(CatalogueTexts));

    public string Text(PlanLine line) => line switch
    {
        PlanLine.Create => Text("Create", Kind(line.Item.Kind), line.Item.Path),
        PlanLine.Change change => Text(
            "Change",
            Kind(line.Item.Kind),
            line.Item.Path,
            string.Join(", ", change.Differs.Select(Text))
        ),
        PlanLine.Missing missing => Text("Missing", Kind(line.Item.Kind), line.Item.Path, missing.Needs),
        PlanLine.Several several => Text("Several", Kind(line.Item.Kind), line.Item.Path, string.Join(", ", several.Ids)),
        _ => Text("Unknown", Kind(line.Item.Kind), line.Item.Path),
    };

    public string Text(Drifted drifted) => Text($"Drift_{drifted.How}", Kind(drifted.Kind), drifted.Name);

    public string Text(ItopRow unplaced) =>
        Text("Unplaced", Kind(unplaced.Kind), unplaced.Texts.GetValueOrDefault("name") ?? unplaced.Id);

    public string Kind(ItopKind kind) => Text($"Kind_{kind}");

    /// <summary>A text of the resources with its blanks filled.</summary>
    public string Text(string name, params object[] blanks) => string.Format(language, texts.GetString(name, language)!, blanks);

    string Text(Differs differs) => Text("Differs", differs.Key, differs.Was ?? Text("Nothing"), differs.Becomes);
}
