using System.Globalization;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>iTop's dates: local to its configured zone, to the second, without offset.</summary>
public static class ItopTime
{
    public const string Format = "yyyy-MM-dd HH:mm:ss";

    static readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The instant; an empty or broken date is the epoch. In the hour that comes twice it is the first.</summary>
    public static DateTimeOffset At(string local)
    {
        if (!DateTime.TryParseExact(local, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return DateTimeOffset.UnixEpoch;
        var offset = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max() : zone.GetUtcOffset(time);
        return new DateTimeOffset(time, offset);
    }

    /// <summary>As iTop writes it.</summary>
    public static string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>As people read it.</summary>
    public static string Shown(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
