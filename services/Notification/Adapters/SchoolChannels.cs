using GroupTicketing.Contracts;
using GroupTicketing.Registry;

namespace GroupTicketing.Notification.Adapters;

/// <summary>Where schools are told, and with which secrets.</summary>
/// <param name="PublicUrl">Our own address for schools, with a slash at its end: where they fetch files.</param>
public sealed record SchoolChannels(
    IReadOnlyDictionary<string, School> Schools,
    IReadOnlyDictionary<string, SchoolSecrets> Secrets,
    Uri PublicUrl
)
{
    public School? Find(string slug) => Schools.GetValueOrDefault(slug);

    public IReadOnlyList<string> SecretsOf(string slug) => Secrets[slug].Callback;

    public string AddressOf(Heading heading, FileClaim file) =>
        new Uri(PublicUrl, $"v1/schools/{heading.School}/files/{heading.TicketId:N}/{file.Sha256}").ToString();
}
