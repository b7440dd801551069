using GroupTicketing.Simulators.Itop;
using GroupTicketing.Simulators.School;

namespace GroupTicketing.Simulators.Tests;

public sealed class ArgumentsTests
{
    [Fact]
    public void The_itop_role_reads_its_options()
    {
        var options = ItopOptions.From(
            Arguments.Read(["itop", "--urls", "http://127.0.0.1:1", "--data", "d", "--seed", "s.json"])
        );
        options.ShouldBe(new ItopOptions("http://127.0.0.1:1", "d", "s.json", 50));
    }

    [Fact]
    public void The_school_role_reads_its_options()
    {
        string[] line =
        [
            "school",
            "--urls",
            "u",
            "--data",
            "d",
            "--school",
            "lyon",
            "--name",
            "INSA Lyon",
            "--to",
            "http://g/",
            "--secret",
            "whsec_AAAA",
        ];
        var options = SchoolOptions.From(Arguments.Read(line));
        options.Name.ShouldBe("INSA Lyon");
        options.EventsUrl.ToString().ShouldBe("http://g/v1/schools/lyon/events");
        options.RtSecret.ShouldBeNull();
    }

    [Fact]
    public void A_missing_option_is_named() =>
        Should
            .Throw<ArgumentException>(() => ItopOptions.From(Arguments.Read(["itop", "--urls", "u"])))
            .Message.ShouldContain("--data");
}
