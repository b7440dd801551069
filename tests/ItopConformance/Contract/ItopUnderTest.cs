namespace GroupTicketing.ItopConformance.Contract;

/// <summary>Any real iTop and the account to speak as: ITOP_URL, ITOP_USER, ITOP_PASSWORD. Where that account may not
/// create a catalogue, ITOP_ADMIN_USER and
/// ITOP_ADMIN_PASSWORD name one that may: it prepares and cleans up, and makes no other call.</summary>
public sealed record ItopUnderTest(Uri Url, Account Connector, Account Admin)
{
    public static ItopUnderTest? FromEnvironment()
    {
        if (Value("ITOP_URL") is not { } url)
            return null;
        var connector = new Account(Needed("ITOP_USER"), Needed("ITOP_PASSWORD"));
        var admin = Value("ITOP_ADMIN_USER") is { } user ? new Account(user, Needed("ITOP_ADMIN_PASSWORD")) : connector;
        return new ItopUnderTest(new Uri(url.TrimEnd('/') + "/"), connector, admin);
    }

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Needed(string name) => Value(name) ?? throw new InvalidOperationException($"{name} is not set");
}

/// <summary>A login.</summary>
public sealed record Account(string User, string Password);
