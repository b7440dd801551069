namespace GroupTicketing.Simulators.School;

/// <summary>What the simulated school's tool is told.</summary>
/// <param name="Slug">The school's slug.</param>
/// <param name="To">GroupTicketing's address.</param>
/// <param name="Secret">Signs what it sends and checks what it receives, per Standard Webhooks.</param>
/// <param name="RtSecret">Signs recorded Request Tracker posts.</param>
public sealed record SchoolOptions(string Urls, string Data, string Slug, string Name, Uri To, string Secret, string? RtSecret)
{
    public static SchoolOptions From(Arguments arguments) => new(
        arguments.Required("urls"),
        arguments.Required("data"),
        arguments.Required("school"),
        arguments.Required("name"),
        new Uri(arguments.Required("to")),
        arguments.Required("secret"),
        arguments.Optional("rt-secret"));
}
