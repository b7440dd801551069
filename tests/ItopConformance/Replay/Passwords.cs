using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>The passwords of a seed's accounts.</summary>
public sealed class Passwords(string seed)
{
    private readonly Dictionary<string, string> _byLogin = JsonNode.Parse(File.ReadAllText(seed))!["accounts"]!
        .AsArray()
        .ToDictionary(
            account => account!["login"]!.ToString(),
            account => account!["password"]!.ToString(),
            StringComparer.Ordinal
        );

    public string Of(string login) => _byLogin.GetValueOrDefault(login, "");
}
