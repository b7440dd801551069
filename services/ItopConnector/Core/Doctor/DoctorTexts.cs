using System.Globalization;
using System.Resources;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What people read of the doctor's findings, from <c>DoctorTexts.resx</c>: French first.</summary>
public sealed class DoctorTexts(CultureInfo language)
{
    static readonly ResourceManager texts = new(typeof(DoctorTexts));

    readonly CatalogueTexts catalogue = new(language);

    /// <summary>A line for what; unless it is well, one for why it matters and one for what to do.</summary>
    public IEnumerable<string> Explain(Finding finding)
    {
        yield return $"{Text($"Mark_{finding.Health}")} {Text($"{finding.Name}_What", finding.Blanks)}";
        if (finding.Health == Health.Well)
            yield break;
        yield return $"      {Text("Why", Text($"{finding.Name}_Why", finding.Blanks))}";
        yield return $"      {Text("Do", Text($"{finding.Name}_Do", finding.Blanks))}";
    }

    public string Sum(IReadOnlyList<Finding> findings)
    {
        return Text(
            findings.Any(one => one.Health == Health.Broken) ? "CannotWork" : "Works",
            Count(Health.Broken), Count(Health.Ailing), Count(Health.Untold), Count(Health.Well));

        object Count(Health health) => findings.Count(one => one.Health == health);
    }

    /// <summary>Why iTop did not do something.</summary>
    public string Explain(Hindrance why) => Text($"Fault_{why.Fault}") + why.Where;

    string Text(string name, params object[] blanks) =>
        string.Format(
            language,
            texts.GetString(name, language) ?? throw new MissingManifestResourceException(name),
            [.. blanks.Select(Shown)]
        );

    object Shown(object blank) => blank switch
    {
        Drifted drifted => catalogue.Text(drifted),
        ItopKind kind => catalogue.Kind(kind),
        Hindrance why => Explain(why),
        _ => blank,
    };
}
