using System.Globalization;
using System.Resources;

namespace GroupTicketing.Portal.Pages;

/// <summary>What the pages and the API's answers say, from <c>Labels.resx</c>: French first.</summary>
static class Labels
{
    static readonly ResourceManager texts = new("GroupTicketing.Portal.Pages.Labels", typeof(Labels).Assembly);
    static readonly TimeZoneInfo paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>A label, or the name itself for what has none yet.</summary>
    public static string Text(string name) => texts.GetString(name, CultureInfo.CurrentUICulture) ?? name;

    /// <summary>Whom a call needs, in people's words.</summary>
    public static string Target(string target) => target.Split(':', 2) switch
    {
        ["school", var slug] => string.Format(CultureInfo.CurrentUICulture, Text("Target_school"), slug),
        ["quarantine"] => Text("Quarantined"),
        ["quarantine", var slug] => $"{Text("Quarantined")} ({slug})",
        _ => Text($"Target_{target}"),
    };

    /// <summary>Why it is still pending, in people's words.</summary>
    public static string Cause(Platform.Cause cause) => Text($"Cause_{cause}");

    public static string Date(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, paris).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Took(long ms) =>
        ms < 1_000 ? $"+{ms} ms"
        : ms < 60_000 ? $"+{ms / 1_000.0:0.0} s"
        : $"+{ms / 60_000} min";
}
