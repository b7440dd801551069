using System.Globalization;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>iTop's own clock: local time of Europe/Paris, to the second, without offset.</summary>
public sealed class LocalTime(TimeProvider clock)
{
    public const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public string Now => Write(clock.GetUtcNow());

    /// <summary>A date so much later.</summary>
    public static string Later(string date, TimeSpan later) =>
        later == TimeSpan.Zero
        || !DateTime.TryParseExact(date, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? date
            : read.Add(later).ToString(Format, CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, Paris).ToString(Format, CultureInfo.InvariantCulture);

    public static int Seconds(string from, string to)
    {
        if (from == "" || to == "")
            return 0;
        var span =
            DateTime.ParseExact(to, Format, CultureInfo.InvariantCulture)
            - DateTime.ParseExact(from, Format, CultureInfo.InvariantCulture);
        return (int)span.TotalSeconds;
    }
}
