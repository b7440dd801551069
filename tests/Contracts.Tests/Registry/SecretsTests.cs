using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class SecretsTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    private School Lyon => folder.Sound().Schools[0];

    [Fact]
    public void Secrets_come_from_files_variables_and_the_demo()
    {
        var reading = Secrets.Resolve(
            Lyon,
            path => path == "lyon-webhook" ? One + "\n" : null,
            name => name == "LYON_WEBHOOK" ? Two : null,
            demo: true
        );

        reading.Errors.ShouldBeEmpty();
        reading.Secrets.Webhook.ShouldBe([One, Two]);
        reading.Secrets.Callback.ShouldBe([Folder.DemoSecret]);
        reading.Secrets.Rt.ShouldBeEmpty();
    }

    [Fact]
    public void All_that_cannot_be_had_is_told_at_once()
    {
        var errors = Secrets.Resolve(Lyon, _ => null, _ => " ", demo: true).Errors;

        errors
            .Select(e => (e.File, e.Line))
            .ShouldBe([(folder.PathOf("schools/lyon.yaml"), 8), (folder.PathOf("schools/lyon.yaml"), 8)]);
        errors[0].Text.ShouldStartWith("the secret's file 'lyon-webhook' is missing");
        errors[1].Text.ShouldStartWith("the secret's variable 'LYON_WEBHOOK' is missing");
    }

    [Fact]
    public void Files_are_looked_for_from_the_folder()
    {
        folder.Write("lyon-webhook", One);

        var reading = Secrets.Resolve(Lyon, folder.PathOf("."), demo: true);

        reading.Secrets.Webhook.ShouldBe([One]);
        reading.Errors.ShouldHaveSingleItem().Text.ShouldContain("LYON_WEBHOOK");
    }

    [Fact]
    public void Secrets_show_no_value_as_text() =>
        Secrets.Resolve(Lyon, _ => One, _ => Two, demo: true).ToString().ShouldNotContain("whsec_");

    [Fact]
    public void What_stands_in_the_file_is_taken_in_the_demo_alone()
    {
        var reading = Secrets.Resolve(Lyon, _ => One, _ => Two, demo: false);

        reading.Secrets.Callback.ShouldBeEmpty();
        var error = reading.Errors.ShouldHaveSingleItem();
        error.Line.ShouldBe(9);
        error.Text.ShouldContain("--insecure-demo");
        error.Text.ShouldNotContain(Folder.DemoSecret);
    }

    [Theory]
    [InlineData("secret", "must begin with whsec_")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSé", "is not base64")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "is not base64")]
    [InlineData("whsec_", "is 0 bytes long, not 24 to 64")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa0=", "is 23 bytes long, not 24 to 64")]
    [InlineData(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "is 72 bytes long"
    )]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "is one byte, repeated")]
    [InlineData("whsec_eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=", "is one byte, repeated")]
    [InlineData(One, null)]
    public void A_webhook_secret_that_cannot_work_is_said_without_a_character_of_it(string secret, string? flaw)
    {
        var reading = Secrets.Resolve(Lyon, _ => secret, _ => Two, demo: true);

        reading.Secrets.Webhook.ShouldBe(flaw is null ? [secret, Two] : [Two]);
        reading.Errors.Select(error => error.Line).ShouldBe(flaw is null ? [] : [8]);
        var text = secret.Replace("whsec_", "");
        reading.Errors.ShouldAllBe(error =>
            error.Text.Contains(flaw!) && error.Text.Contains("openssl rand") && (text.Length < 7 || !error.Text.Contains(text))
        );
    }

    [Theory]
    [InlineData("rt", "fifteen-letters", "has 15 characters, fewer than 16")]
    [InlineData("rt", "aaaaaaaaaaaaaaaaaaaa", "is one character, repeated")]
    [InlineData("rt", "sixteen-letters!", null)]
    [InlineData("read", "xxxxxx", "is one character, repeated")]
    [InlineData("read", "1-14-abc", null)]
    [InlineData("read", "abcdefghijklmnop\nX-Other: qrstuvwxyz", "on one line")]
    [InlineData("read", "abc\u0001defghijklmnopqrs", "a character that is not seen")]
    [InlineData("read", "clé-de-lecture", "an accent")]
    [InlineData("read", "two words", "a space")]
    public void A_word_shared_with_a_tool_is_no_plaything(string kind, string secret, string? flaw)
    {
        folder.Change("schools/lyon.yaml", "  webhook:", $"  {kind}: file:{kind}\n  webhook:");

        var errors = Secrets.Resolve(Lyon, path => path == kind ? secret : One, _ => Two, demo: true).Errors;

        errors.Select(error => error.Line).ShouldBe(flaw is null ? [] : [8]);
        errors.ShouldAllBe(error => error.Text.Contains(flaw!) && !error.Text.Contains(secret));
    }

    [Fact]
    public void Every_error_of_a_school_comes_at_once() =>
        Secrets.Resolve(Lyon, _ => "short", _ => null, demo: false).Errors.Count.ShouldBe(3);

    private const string One = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Two = "whsec_6Xe+CpVmpXHgVcwwA+wiK4Xyhil3ZfWPCvspdbmebZ0=";
}
