using System.Globalization;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>A store that cannot be used is English in logs, and in the machine's language for whoever typed a command.</summary>
public sealed class FaultsTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("fr-CA", "ne contient pas de base : monter le bon dossier")]
    [InlineData("en", "holds no store: mount the right folder")]
    [InlineData("de", "holds no store: mount the right folder")]
    [InlineData("", "holds no store: mount the right folder")]
    public void What_is_logged_is_English_and_what_is_told_is_the_machine_s(string language, string told)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var refused = Should.Throw<StoreUnavailableException>(() => DataFolder.Take(folder.File("nowhere"), first: false, Noon));

        refused.Message.ShouldContain("holds no store: mount the right folder");
        refused.Localized.ShouldContain(told);
    }

    [Fact]
    public void What_only_a_log_says_is_told_as_it_is() =>
        new StoreUnavailableException("a kept file is cut").Localized.ShouldBe("a kept file is cut");
}
