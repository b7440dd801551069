using GroupTicketing.Directory;

namespace GroupTicketing.Contracts.Tests.Directory;

public sealed class SecretsTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    private School Lyon => folder.Sound().Schools[0];

    [Fact]
    public void Secrets_come_from_files_variables_and_the_demo()
    {
        var reading = Secrets.Resolve(Lyon, path => path == "lyon-webhook" ? "one\n" : null, name => name == "LYON_WEBHOOK" ? "two" : null);

        reading.Errors.ShouldBeEmpty();
        reading.Secrets.Webhook.ShouldBe(["one", "two"]);
        reading.Secrets.Callback.ShouldBe(["callback"]);
        reading.Secrets.Rt.ShouldBeEmpty();
    }

    [Fact]
    public void All_that_cannot_be_had_is_told_at_once()
    {
        var errors = Secrets.Resolve(Lyon, _ => null, _ => " ").Errors;

        errors.Select(e => (e.File, e.Line)).ShouldBe([(folder.PathOf("schools/lyon.yaml"), 8), (folder.PathOf("schools/lyon.yaml"), 8)]);
        errors[0].Text.ShouldStartWith("the secret's file 'lyon-webhook' is missing");
        errors[1].Text.ShouldStartWith("the secret's variable 'LYON_WEBHOOK' is missing");
    }

    [Fact]
    public void Files_are_looked_for_from_the_folder()
    {
        folder.Write("lyon-webhook", "from a file");

        var reading = Secrets.Resolve(Lyon, folder.PathOf("."));

        reading.Secrets.Webhook.ShouldBe(["from a file"]);
        reading.Errors.ShouldHaveSingleItem().Text.ShouldContain("LYON_WEBHOOK");
    }

    [Fact]
    public void Secrets_show_no_value_as_text() =>
        Secrets.Resolve(Lyon, _ => "hidden", _ => "hidden").ToString().ShouldNotContain("hidden");
}
