using System.Globalization;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>The simulator's clock: it stands at the time at which iTop answered.</summary>
public sealed class RecordedClock : TimeProvider
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private DateTimeOffset _now = Instant("2026-11-23 17:17:30");

    public override DateTimeOffset GetUtcNow() => _now;

    public void Set(string localTime) => _now = Instant(localTime);

    private static DateTimeOffset Instant(string localTime)
    {
        var local = DateTime.ParseExact(localTime, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, Paris.GetUtcOffset(local)).ToUniversalTime();
    }
}
