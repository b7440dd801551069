using System.Globalization;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>iTop's own clock: local time of Europe/Paris, to the second, without offset.</summary>
public sealed class LocalTime(TimeProvider clock)
{
    public const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public string Now => Write(clock.GetUtcNow());

    public static string Write(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, Paris).ToString(Format, CultureInfo.InvariantCulture);

    public static int Seconds(string from, string to)
    {
        if (from == "" || to == "")
            return 0;
        var span = DateTime.ParseExact(to, Format, CultureInfo.InvariantCulture) - DateTime.ParseExact(from, Format, CultureInfo.InvariantCulture);
        return (int)span.TotalSeconds;
    }
}
