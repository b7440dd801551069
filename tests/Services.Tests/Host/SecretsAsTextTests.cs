using System.Reflection;
using System.Runtime.CompilerServices;
using GroupTicketing.Contracts;
using GroupTicketing.Host;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using GroupTicketing.Simulators.School;

namespace GroupTicketing.Services.Tests;

/// <summary>Whatever holds a secret does not show it as text: not in a log, not in an exception, not in a debugger's
/// window that is photographed.</summary>
public sealed class SecretsAsTextTests
{
    const string Password = "hunter2-and-more";

    static readonly Assembly[] ours =
    [
        .. new[]
        {
            typeof(HostSettings),
            typeof(PlatformSetup),
            typeof(School),
            typeof(Fact),
            typeof(ItopOptions),
            typeof(SchoolOptions),
            typeof(GroupTicketing.Intake.IntakeModule),
            typeof(GroupTicketing.Notification.NotificationModule),
        }.Select(type => type.Assembly),
    ];

    public static TheoryData<string> Holders => new(Found().Select(type => type.AssemblyQualifiedName!));

    [Fact]
    public void They_are_found() =>
        new[]
        {
            typeof(BusOptions),
            typeof(PlatformOptions),
            typeof(ItopOptions),
            typeof(HostSettings),
            typeof(LoginSettings),
            typeof(BusSettings),
            typeof(StoreSettings),
            typeof(ItopSettings),
            typeof(SchoolSecrets),
        }
            .Except(Found())
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Holders))]
    public void No_secret_is_in_the_text(string name)
    {
        var holder = Type.GetType(name, throwOnError: true)!;

        $"{Filled(holder)}".ShouldNotContain(Password);
    }

    [Fact]
    public void What_holds_a_holder_shows_no_secret() =>
        $"{Filled(typeof(HostSettings), deep: true)} {Filled(typeof(PlatformOptions), deep: true)}".ShouldNotContain(Password);

    static IEnumerable<Type> Found() =>
        ours.SelectMany(one => one.GetTypes()).Where(type => IsRecord(type) && Secret(type).Any());

    static bool IsRecord(Type type) =>
        type is { IsAbstract: false, ContainsGenericParameters: false } && type.GetMethod("<Clone>$") is not null;

    static IEnumerable<PropertyInfo> Secret(Type type) => type.GetProperties().Where(member => IsSecret(type, member));

    static bool IsSecret(Type type, PropertyInfo member) =>
        member is { CanWrite: true }
        && (
            type == typeof(SchoolSecrets)
            || (
                member.PropertyType == typeof(string)
                && (
                    member.Name.EndsWith("Password", StringComparison.Ordinal)
                    || member.Name.EndsWith("Secret", StringComparison.Ordinal)
                )
            )
            || (
                IsOption(type)
                && (
                    member.PropertyType == typeof(Uri)
                    || (member.PropertyType == typeof(string) && member.Name is "Store" or "Url")
                )
            )
        );

    // A school's addresses are refused with a login in them; so is where we listen.
    static bool IsOption(Type type) =>
        (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal))
        && type != typeof(MetricsSettings);

    static object Filled(Type type, bool deep = false)
    {
        var sample = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var member in Secret(type))
            member.SetValue(sample, Value(member));
        foreach (var member in type.GetProperties().Where(member => deep && member.CanWrite && IsRecord(member.PropertyType)))
            member.SetValue(sample, Filled(member.PropertyType));
        return sample;
    }

    static object Value(PropertyInfo member) => member.PropertyType switch
    {
        var type when type == typeof(Uri) => new Uri($"https://someone:{Password}@itop.example/"),
        var type when type == typeof(string) => member.Name is "Store" or "Url"
            ? $"mongodb://someone:{Password}@mongo/groupticketing"
            : Password,
        _ => new[] { Password },
    };
}
