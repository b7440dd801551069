namespace GroupTicketing.Simulators.Itop.Oql;

/// <summary>NOW(), DATE_SUB(time, INTERVAL n unit) and DATE_ADD, as far as queries for what changed lately need them.</summary>
public sealed partial class OqlParser
{
    private OqlNow Time()
    {
        var name = Take("NAME");
        Take("PAR_OPEN");
        var time = name.Raw.ToUpperInvariant() switch
        {
            "NOW" => new OqlNow(TimeSpan.Zero),
            "DATE_SUB" => Moved(-1),
            "DATE_ADD" => Moved(1),
            _ => throw OqlError.Unexpected(_query, name),
        };
        Take("PAR_CLOSE");
        return time;
    }

    private OqlNow Moved(int direction)
    {
        var time = Time();
        Take("COMA");
        var interval = Take("NAME");
        var (count, unit) = (Take("NUMBER"), Take("NAME"));
        if (!interval.Raw.Equals("INTERVAL", StringComparison.OrdinalIgnoreCase))
            throw OqlError.Unexpected(_query, interval);
        return new OqlNow(time.Offset + direction * long.Parse(count.Raw) * Unit(unit));
    }

    private TimeSpan Unit(OqlToken unit) => unit.Raw.ToUpperInvariant() switch
    {
        "SECOND" => TimeSpan.FromSeconds(1),
        "MINUTE" => TimeSpan.FromMinutes(1),
        "HOUR" => TimeSpan.FromHours(1),
        "DAY" => TimeSpan.FromDays(1),
        _ => throw OqlError.Unexpected(_query, unit),
    };
}
