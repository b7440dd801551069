using GroupTicketing.Host;

namespace GroupTicketing.Services.Tests;

/// <summary>Which bus and which store the settings choose, and what of them is refused.</summary>
public sealed class EnginesTests
{
    static readonly BusSettings rabbit = new()
    {
        Url = new Uri("amqp://rabbitmq:5672/groupticketing"),
        User = "intake",
        Password = "secret",
    };
    static readonly StoreSettings mongo = new()
    {
        Url = "mongodb://mongo:27017/groupticketing?replicaSet=rs0",
        User = "groupticketing",
        Password = "p@ss",
    };

    [Fact]
    public void All_in_one_process_needs_neither()
    {
        var (options, errors) = Read(new HostSettings { Data = "here" }, [.. Modules.Names]);

        errors.ShouldBeEmpty();
        (options.Data, options.Store, options.Bus).ShouldBe(("here", null, null));
    }

    [Fact]
    public void The_gateway_alone_needs_neither() => Read(new HostSettings(), ["gateway"]).Errors.ShouldBeEmpty();

    [Fact]
    public void A_service_apart_needs_both() =>
        Read(new HostSettings(), ["gateway", "intake"])
            .Errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)])
            .ShouldBe(["setting Bus:Url", "setting Store:Url"]);

    [Fact]
    public void Login_and_address_make_one_address()
    {
        var (options, errors) = Read(new HostSettings { Bus = rabbit, Store = mongo }, ["intake"]);

        errors.ShouldBeEmpty();
        options.Store.ShouldBe("mongodb://groupticketing:p%40ss@mongo/groupticketing?replicaSet=rs0");
        options.Bus.ShouldBe(new(rabbit.Url!, "intake", "secret"));
    }

    [Fact]
    public void Guest_is_refused()
    {
        Refused(rabbit with { User = "guest" }).ShouldContain("guest is refused");
        Refused(rabbit with { Password = "guest" }).ShouldContain("guest is refused");
    }

    [Theory]
    [InlineData("http://rabbitmq/groupticketing")]
    [InlineData("amqp://me:secret@rabbitmq/groupticketing")]
    public void An_address_of_the_bus_has_no_login_and_its_own_scheme(string url) =>
        Refused(rabbit with { Url = new Uri(url) }).ShouldStartWith("setting Bus:Url");

    [Theory]
    [InlineData("mongodb://mongo")]
    [InlineData("mongodb://me:secret@mongo/groupticketing")]
    [InlineData("mongo")]
    public void An_address_of_the_store_names_a_database_and_no_login(string url) =>
        Read(new HostSettings { Store = mongo with { Url = url } }, [.. Modules.Names])
            .Errors.ShouldHaveSingleItem()
            .ShouldStartWith("setting Store:Url");

    [Fact]
    public void A_password_file_that_is_missing_is_named() =>
        Refused(rabbit with { PasswordFile = "nowhere/bus" })
            .ShouldBe(
                "setting Bus:PasswordFile: nowhere/bus is missing, empty or not readable; write the account's password there"
            );

    // A folder is refused by the system as a file of others is, also to root; tests/machine.sh tries that.
    [Fact]
    public void A_password_file_that_cannot_be_read_is_named_and_nothing_breaks() =>
        Refused(rabbit with { PasswordFile = Path.GetTempPath() })
            .ShouldBe(
                $"setting Bus:PasswordFile: {Path.GetTempPath()} is missing, empty or not readable; write the account's "
                + "password there"
            );

    static string Refused(BusSettings bus) =>
        Read(new HostSettings { Bus = bus }, [.. Modules.Names]).Errors.ShouldHaveSingleItem();

    static (Platform.PlatformOptions Options, List<string> Errors) Read(
        HostSettings settings,
        IReadOnlyCollection<string> services
    )
    {
        var errors = new List<string>();
        return (Engines.Read(settings, services, errors), errors);
    }
}
