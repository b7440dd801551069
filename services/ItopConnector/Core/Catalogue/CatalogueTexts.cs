using System.Globalization;
using System.Resources;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What people read of a catalogue and its plan, from <c>CatalogueTexts.resx</c>: French first.</summary>
public sealed class CatalogueTexts(CultureInfo language)
{
    static readonly ResourceManager texts = new(typeof(CatalogueTexts));

    public string Of(PlanLine line) => line switch
    {
        PlanLine.Create => Of("Create", Kind(line.Item.Kind), line.Item.Path),
        PlanLine.Change change => Of(
            "Change",
            Kind(line.Item.Kind),
            line.Item.Path,
            string.Join(", ", change.Differs.Select(Of))
        ),
        PlanLine.Missing missing => Of("Missing", Kind(line.Item.Kind), line.Item.Path, missing.Needs),
        PlanLine.Several several => Of("Several", Kind(line.Item.Kind), line.Item.Path, string.Join(", ", several.Ids)),
        _ => Of("Unknown", Kind(line.Item.Kind), line.Item.Path),
    };

    public string Of(Drifted drifted) => Of($"Drift_{drifted.How}", Kind(drifted.Kind), drifted.Name);

    public string Of(ItopRow unplaced) =>
        Of("Unplaced", Kind(unplaced.Kind), unplaced.Texts.GetValueOrDefault("name") ?? unplaced.Id);

    public string Kind(ItopKind kind) => Of($"Kind_{kind}");

    /// <summary>A text of the resources with its blanks filled.</summary>
    public string Of(string name, params object[] blanks) => string.Format(language, texts.GetString(name, language)!, blanks);

    string Of(Differs differs) => Of("Differs", differs.Key, differs.Was ?? Of("Nothing"), differs.Becomes);
}
