using System.Diagnostics;
using System.Runtime.Versioning;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

[UnsupportedOSPlatform("windows")]
public sealed class SecretsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("secrets").FullName;

    string Given => Path.Combine(folder, "given");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_script_makes_every_secret_that_compose_names()
    {
        Make("demo");

        var named = Compose.Named("secrets");
        named.ShouldAllBe(secret => secret.Value["file"].Text!.EndsWith($"/{secret.Key}"));
        Directory.GetFiles(Given).Select(Path.GetFileName).ShouldBe(named.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Each_is_its_own_and_long_enough()
    {
        Make("demo");

        var made = Directory.GetFiles(Given)
            .Where(file => Path.GetFileName(file) != "itop")
            .Select(File.ReadAllText)
            .ToList();
        made.ShouldBeUnique();
        made.ShouldAllBe(secret => secret.Length == 64 && secret.All(char.IsAsciiHexDigitLower));
    }

    [Fact]
    public void What_is_there_stays_and_what_was_deleted_is_made_anew()
    {
        Make("demo");
        var (kept, rotated) = (Read("rabbitmq-routing"), Read("rabbitmq-intake"));
        File.Delete(Path.Combine(Given, "rabbitmq-intake"));

        Make("demo");

        Read("rabbitmq-routing").ShouldBe(kept);
        Read("rabbitmq-intake").ShouldNotBe(rotated);
    }

    [Fact]
    public void The_folder_is_closed_and_iTop_s_password_is_asked_for()
    {
        Make().ShouldContain("iTop");

        File.Exists(Path.Combine(Given, "itop")).ShouldBeFalse();
        File.GetUnixFileMode(Given).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    string Read(string name) => File.ReadAllText(Path.Combine(Given, name));

    string Make(params string[] arguments)
    {
        using var script = Process.Start(
            new ProcessStartInfo(Tree.Path("deploy/secrets.sh"), [Given, .. arguments]) { RedirectStandardError = true }
        )!;
        var said = script.StandardError.ReadToEnd();
        script.WaitForExit(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        script.ExitCode.ShouldBe(0, said);
        return said;
    }
}
