namespace GroupTicketing.ItopConformance.Contract;

/// <summary>A real iTop, by ITOP_URL, ITOP_USER and ITOP_PASSWORD.</summary>
public sealed record ItopUnderTest(Uri Url, string User, string Password)
{
    public static ItopUnderTest? FromEnvironment() =>
        Environment.GetEnvironmentVariable("ITOP_URL") is { Length: > 0 } url
            ? new ItopUnderTest(new Uri(url.TrimEnd('/') + "/"), Needed("ITOP_USER"), Needed("ITOP_PASSWORD"))
            : null;

    private static string Needed(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"{name} is not set");
}
