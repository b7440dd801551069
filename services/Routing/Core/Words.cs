using System.Globalization;
using System.Resources;

namespace GroupTicketing.Routing.Core;

/// <summary>What schools read, from <c>Words.resx</c>: French first.</summary>
static class Words
{
    static readonly ResourceManager texts = new("GroupTicketing.Routing.Core.Words", typeof(Words).Assembly);
    static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr");

    public static string SchoolOutsidePilot => Get(nameof(SchoolOutsidePilot));

    public static string BriqueUnknown => Get(nameof(BriqueUnknown));

    public static string AfterClosure => Get(nameof(AfterClosure));

    public static string GivenUp => Get(nameof(GivenUp));

    public static string GivenUpInItop => Get(nameof(GivenUpInItop));

    public static string ClosedBySilence => Get(nameof(ClosedBySilence));

    public static string BriqueOutsidePilot(string? brique) => string.Format(french, Get(nameof(BriqueOutsidePilot)), brique);

    static string Get(string name) => texts.GetString(name, french)!;
}
