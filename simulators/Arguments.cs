namespace GroupTicketing.Simulators;

/// <summary>A command line of the shape <c>role --name value --name value</c>.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string Role { get; private init; } = "";

    public static Arguments Read(string[] args)
    {
        var arguments = new Arguments { Role = args.Length > 0 ? args[0] : "" };
        for (var i = 1; i + 1 < args.Length; i += 2)
            arguments._values[args[i].TrimStart('-')] = args[i + 1];
        return arguments;
    }

    public string? Optional(string name) => _values.GetValueOrDefault(name);

    public string Required(string name) =>
        Optional(name) ?? throw new ArgumentException($"L'option --{name} est obligatoire pour le rôle {Role}.");
}
