using System.Reflection;

namespace GroupTicketing.Tests.Architecture;

/// <summary>Our compiled assemblies, by their short name.</summary>
static class Assemblies
{
    const string Ours = "GroupTicketing";

    public static IReadOnlyDictionary<string, Assembly> All { get; } =
        Directory.EnumerateFiles(AppContext.BaseDirectory, $"{Ours}*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Where(name =>
                !name.EndsWith(".Tests", StringComparison.Ordinal) && !name.EndsWith(".resources", StringComparison.Ordinal)
            )
            .ToDictionary(Short, Assembly.Load);

    /// <summary>Which of ours an assembly really uses.</summary>
    public static IEnumerable<string> OursUsedBy(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .Where(name => name.StartsWith(Ours, StringComparison.Ordinal))
        .Select(Short);

    /// <summary>The types we wrote, without what compilers generate.</summary>
    public static IEnumerable<Type> Types(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(type =>
                !type.Name.Contains('<')
                && !type.Name.StartsWith("__", StringComparison.Ordinal)
                && type.Namespace?.StartsWith(Ours, StringComparison.Ordinal) == true
            );

    public static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    static string Short(string name) => name == Ours ? "Host" : name[(Ours.Length + 1)..];
}
