using System.Globalization;
using System.Text.RegularExpressions;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>Whoever reads the doctor in one language finds no word of the other, whatever iTop did.</summary>
public partial class DoctorLanguageTests
{
    static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr");
    static readonly CultureInfo english = CultureInfo.GetCultureInfo("en");

    public static TheoryData<ItopFault> Faults => [.. Enum.GetValues<ItopFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_is_said_in_the_reader_s_language_wherever_it_stands(ItopFault fault)
    {
        var why = new Hindrance(fault, " (pending_reason)");
        foreach (var name in new[] { "Unreached", "Unreadable", "TriedFailed" })
        {
            var finding = new Finding(Health.Broken, name, why, "R-000012");
            Lines(french, finding)
                .ShouldSatisfyAllConditions(
                    text => text.ShouldContain("pending_reason"),
                    text => EnglishIn(text).ShouldBeEmpty(text)
                );
            Lines(english, finding)
                .ShouldSatisfyAllConditions(
                    text => text.ShouldContain("pending_reason"),
                    text => FrenchIn(text).ShouldBeEmpty(text)
                );
        }
    }

    [Theory]
    [MemberData(nameof(DiagnosisTests.Changes), MemberType = typeof(DiagnosisTests))]
    public void So_is_all_else(string name)
    {
        foreach (var finding in DiagnosisTests.After(name))
        {
            EnglishIn(Lines(french, finding)).ShouldBeEmpty(Lines(french, finding));
            FrenchIn(Lines(english, finding)).ShouldBeEmpty(Lines(english, finding));
        }
    }

    [Fact]
    public void No_reason_in_words_can_be_put_into_a_sentence() =>
        typeof(Observed)
            .GetProperties()
            .Concat(typeof(TriedTicket).GetProperties())
            .Where(one => one.PropertyType == typeof(string))
            .Select(one => one.Name)
            .ShouldBe(["Version", "Language", "Reference", "Author", "Contact"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Drifts))]
    public void A_drift_is_said_in_the_reader_s_language(DriftKind how, ItopKind of)
    {
        var finding = new Finding(Health.Broken, "Drift", new Drifted(how, of, "X"));

        EnglishIn(Lines(french, finding)).ShouldBeEmpty(Lines(french, finding));
        FrenchIn(Lines(english, finding)).ShouldBeEmpty(Lines(english, finding));
    }

    public static TheoryData<DriftKind, ItopKind> Drifts
    {
        get
        {
            var all = new TheoryData<DriftKind, ItopKind>();
            foreach (var how in Enum.GetValues<DriftKind>())
            {
                foreach (var of in Enum.GetValues<ItopKind>())
                    all.Add(how, of);
            }
            return all;
        }
    }

    static string Lines(CultureInfo language, Finding finding) => string.Join('\n', new DoctorTexts(language).Explain(finding));

    // Names that people find in iTop's own pages stand in quotation marks.
    static IEnumerable<string> EnglishIn(string text) => English().Matches(Quoted().Replace(text, "")).Select(word => word.Value);

    static IEnumerable<string> FrenchIn(string text) => French().Matches(Quoted().Replace(text, "")).Select(word => word.Value);

    [GeneratedRegex("«[^»]*»|“[^”]*”|\"[^\"]*\"|SELECT [^;.]*")]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"\b(the|is|are|was|not|and|of|with|its|it|cannot|may|what|whether|answers?|refuses|look|then|retry|takes|within|there)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex English();

    [GeneratedRegex(
        @"\b(le|la|les|des|du|une|est|sont|pas|et|ou|avec|son|sa|ce|qui|que|dans|sur|pour|refuse|voir|alors|peut)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex French();
}
