using System.Globalization;
using System.Reflection;
using System.Text;
using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Contracts;

/// <summary>The public types of the contracts as text: what other services and stored messages rely on.</summary>
static class ContractText
{
    static readonly NullabilityInfoContext nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder(
            "# The contracts as they are spoken. Additive change only: see the test that compares this file.\n"
        );
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
            text.Append('\n').Append(Of(type));
        text.Append("\nlistener table\n");
        foreach (var row in Listeners.Table)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {row.Stream}: {row.Speaker} -> {row.Listener} by {row.Queue}: "
                + $"{string.Join(", ", row.Facts.Select(fact => fact.Name))}\n"
            );
        return text.Append(CultureInfo.InvariantCulture, $"  observer: {Listeners.ObserverQueue}\n").ToString();
    }

    static string Of(Type type) => type.IsEnum ? OfEnum(type) : OfClass(type);

    static string OfEnum(Type type) =>
        $"enum {type.FullName}\n"
        + string.Concat(
            Enum.GetNames(type)
                .Select(name => $"  {name} = {Convert.ToInt32(Enum.Parse(type, name), CultureInfo.InvariantCulture)}\n")
        );

    static string OfClass(Type type)
    {
        var kind = type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract record" : "record";
        var parent = type.BaseType == typeof(object) ? "" : $" : {type.BaseType!.Name}";
        var lines = Properties(type).Concat(Methods(type)).Concat(Fields(type));
        return $"{kind} {type.FullName}{parent}\n" + string.Concat(lines.Select(line => $"  {line}\n"));
    }

    static IEnumerable<string> Properties(Type type)
    {
        var defaults = DefaultsOf(type);
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(property =>
                $"{Named(nullability.Create(property))} {property.Name}{defaults.GetValueOrDefault(property.Name)}"
            );
    }

    static Dictionary<string, string> DefaultsOf(Type type) => Primary(type)?.GetParameters()
        .Where(parameter => parameter.HasDefaultValue)
        .ToDictionary(parameter => parameter.Name!, parameter => $" = {parameter.DefaultValue ?? "null"}") ?? [];

    public static ConstructorInfo? Primary(Type type) =>
        type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length);

    static IEnumerable<string> Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && !method.IsVirtual && method.Name is not ("<Clone>$" or "Deconstruct"))
            .Select(method =>
                $"{Named(nullability.Create(method.ReturnParameter))} "
                + $"{method.Name}({string.Join(", ", method.GetParameters().Select(Parameter))})"
            );

    static string Parameter(ParameterInfo parameter) =>
        $"{Named(nullability.Create(parameter))} {parameter.Name}"
        + $"{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}";

    static IEnumerable<string> Fields(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(field =>
                $"{Named(nullability.Create(field))} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}"
            );

    static string Named(NullabilityInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var name = type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Named))}>"
            : type.Name;
        return info.ReadState is NullabilityState.Nullable && type != typeof(void) ? name + "?" : name;
    }
}
