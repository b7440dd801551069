using System.Globalization;
using System.Runtime.CompilerServices;

namespace GroupTicketing.Tests;

/// <summary>What the tests read does not depend on their machine: they have no language but where one sets it.</summary>
static class SpokenLanguage
{
    [ModuleInitializer]
    internal static void Neither() => CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
}
