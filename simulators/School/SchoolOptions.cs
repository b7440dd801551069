namespace GroupTicketing.Simulators.School;

/// <summary>How to start a simulated school tool.</summary>
/// <param name="School">The school's key, as in the URL it sends to.</param>
/// <param name="Name">The school's name, shown to people.</param>
/// <param name="To">GroupTicketing's base URL.</param>
/// <param name="Secret">The Standard Webhooks secret of both directions, <c>whsec_</c> and base64; several separated by
/// spaces during a
/// rotation, the first signs.</param>
/// <param name="RtSecret">The secret of the RT scrip, if this school sends RT payloads.</param>
public sealed record SchoolOptions(
    string Urls,
    string Data,
    string School,
    string Name,
    string To,
    string Secret,
    string? RtSecret
)
{
    public override string ToString() => $"{School} at {Urls}";

    public Uri EventsUrl => new($"{To.TrimEnd('/')}/v1/schools/{School}/events");

    public static SchoolOptions From(Arguments arguments) => new(
        arguments.Required("urls"),
        arguments.Required("data"),
        arguments.Required("school"),
        arguments.Optional("name") ?? arguments.Required("school"),
        arguments.Required("to"),
        arguments.Required("secret"),
        arguments.Optional("rt-secret"));
}
