using System.Text.Json;

namespace GroupTicketing.Simulators.Itop.Model;

/// <summary>The optional module of <c>deploy/itop/</c>, as iTop takes it: an attribute more and a uniqueness rule on
/// it. Several simulated iTops run in one process, so each call says whether its iTop has it.</summary>
/// <param name="Of">The class that gets the attribute.</param>
/// <param name="Unique">The attribute of the rule, which bears its name; empty values are not compared.</param>
public sealed record OptionalModule(string Of, ItopAttribute Attribute, string Unique)
{
    private static readonly AsyncLocal<bool> Here = new();
    private static readonly AsyncLocal<bool> Indexed = new();

    public static OptionalModule Known { get; } = Load();

    /// <summary>Whether the iTop that answers this call has it.</summary>
    public static bool IsInstalled
    {
        get => Here.Value;
        set => Here.Value = value;
    }

    /// <summary>Whether its database keeps the attribute unique, too, as the module makes it where no two bear one key.</summary>
    public static bool IsIndexed
    {
        get => Here.Value && Indexed.Value;
        set => Indexed.Value = value;
    }

    public ItopClass Over(ItopClass stock) => stock.With(Attribute);

    private static OptionalModule Load()
    {
        using var stream = typeof(OptionalModule).Assembly.GetManifestResourceStream("itop-module.json")!;
        return JsonSerializer.Deserialize<OptionalModule>(stream, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    }
}
