using System.Reflection;
using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Contracts;

/// <summary>A value of any type of the contracts, with every optional member filled or with none.</summary>
static class Sample
{
    static readonly NullabilityInfoContext nullability = new();

    public static Fact Of(Type fact, bool filled) => (Fact)Value(fact, fact.Name, filled);

    public static object Value(Type type, string name, bool filled) => type switch
    {
        _ when type == typeof(string) => $"« {name} » & <b>d’été</b> \"'\\ \n€",
        _ when type == typeof(bool) => filled,
        _ when type == typeof(int) => 3,
        _ when type == typeof(long) => 9_007_199_254_740_993,
        _ when type == typeof(Guid) => TicketIds.OfSchool("lyon", name),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 24, 9, 12, 0, 120, TimeSpan.FromHours(1)),
        { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
        { IsGenericType: true } => Listed(type.GetGenericArguments()[0], name, filled),
        _ => Made(type, filled),
    };

    static Array Listed(Type item, string name, bool filled)
    {
        var items = Array.CreateInstance(item, 2);
        items.SetValue(Value(item, name + " 1", filled), 0);
        items.SetValue(Value(item, name + " 2", filled), 1);
        return items;
    }

    static object Made(Type type, bool filled)
    {
        var constructor = ContractText.Primary(type)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Argument(parameter, filled))]);
    }

    static object? Argument(ParameterInfo parameter, bool filled)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (filled)
            return Value(type, parameter.Name!, filled);
        if (parameter.HasDefaultValue)
            return parameter.DefaultValue;
        return nullability.Create(parameter).ReadState is NullabilityState.Nullable ? null : Value(type, parameter.Name!, filled);
    }
}
