using System.Globalization;
using System.Resources;
using GroupTicketing.Contracts;

namespace GroupTicketing.Routing.Core;

/// <summary>What schools read, from <c>Texts.resx</c>: French first.</summary>
static class Texts
{
    const int MostQuoted = 300;

    static readonly ResourceManager texts = new("GroupTicketing.Routing.Core.Texts", typeof(Texts).Assembly);
    static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr");

    public static string SchoolOutsidePilot => Get(nameof(SchoolOutsidePilot));

    public static string BriqueUnknown => Get(nameof(BriqueUnknown));

    public static string PlaceUnknown => Get(nameof(PlaceUnknown));

    public static string AfterClosure => Get(nameof(AfterClosure));

    public static string GivenUp => Get(nameof(GivenUp));

    public static string GivenUpInItop => Get(nameof(GivenUpInItop));

    public static string ClosedBySilence => Get(nameof(ClosedBySilence));

    public static string WaitsForApproval => Get(nameof(WaitsForApproval));

    public static string LinkStopped => Get(nameof(LinkStopped));

    public static string LinkResumed => Get(nameof(LinkResumed));

    public static string Approved => Get(nameof(Approved));

    public static string LongClosed(DateTimeOffset? ended) => string.Format(french, Get(nameof(LongClosed)), ended);

    /// <param name="how">As the fact says it; null for a plain closure, which needs no words.</param>
    public static string? ClosedAs(string? how) => how switch
    {
        "rejected" => Get("Rejected"),
        "deleted" => Get("Deleted"),
        _ => null,
    };

    public static string Announced(BriqueAnnounced said) =>
        string.Format(french, Get(said.Ended ? "AnnouncementEnded" : nameof(Announced)), said.Text);

    public static string AlreadyPaired(string reference) => string.Format(french, Get(nameof(AlreadyPaired)), reference);

    public static string NotPaired(LinkRefused refused) =>
        string.Format(french, Get(refused.Why == "taken" ? "PairTaken" : "PairUnknown"), refused.Reference);

    /// <summary>It names what it is about: there may be several.</summary>
    public static string NotTaken(GroupUpdateNotTaken said) =>
        said.File is { } file
            ? string.Format(french, Get("FileNotTaken"), file)
            : string.Format(french, Get("TextNotTaken"), Beginning(said.Text ?? ""));

    public static string Untaken(int hours) => string.Format(french, Get(nameof(Untaken)), hours);

    public static string Silent(int days) => string.Format(french, Get(nameof(Silent)), days);

    public static string BriqueOutsidePilot(string? brique) => string.Format(french, Get(nameof(BriqueOutsidePilot)), brique);

    static string Beginning(string text) =>
        text.Length <= MostQuoted ? text : $"{Characters.Fitting(text, MostQuoted)}…";

    static string Get(string name) => texts.GetString(name, french)!;
}
