using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.Platform.Tests;

/// <summary>No school's file leads inside, whatever an address looks like and whatever a name says the second time.</summary>
public sealed class SchoolAddressesTests
{
    static readonly CancellationToken ct = CancellationToken.None;
    static readonly OutsideOptions plain = new() { Http = true };

    public static TheoryData<string, string> Forms =>
        new(OutsideForms.All.Select(form => (form.Address, string.Join(',', form.LookedUp.Select(one => $"{one}")))));

    [Fact]
    public async Task A_name_that_is_not_found_is_one_where_a_proxy_is_asked_too()
    {
        var set = plain with { Proxy = new Uri("http://127.0.0.1:9/") };
        using var http = new SchoolAddresses(set, (_, _) =>
            Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
        ).Client(1024);

        var asked = () => http.GetAsync(new Uri("https://tickets.nowhere.example/"), TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<HttpRequestException>(asked)).HttpRequestError.ShouldBe(HttpRequestError.NameResolutionError);
    }

    [Fact]
    public void There_are_enough_forms() => OutsideForms.All.Count.ShouldBeGreaterThanOrEqualTo(120);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_of_an_address_inside_is_refused(string address, string lookedUp)
    {
        using var http = OutsideForms.Client(
            plain,
            [.. lookedUp.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]
        );

        (await OutsideForms.Call(address, http, ct)).ShouldSatisfyAllConditions(met =>
            (met is AddressRefusedException or UriFormatException).ShouldBeTrue($"{met}")
        );
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2001:200::1")]
    [InlineData("2003::1")]
    [InlineData("64:ff9b::5db8:d822")]
    [InlineData("::ffff:93.184.216.34")]
    public void What_lies_outside_is_not_refused(string address)
    {
        Inside.Holds(IPAddress.Parse(address)).ShouldBeFalse();
        new SchoolAddresses(plain).Fault(new UriBuilder("http", address).Uri).ShouldBeNull();
    }

    [Theory]
    [InlineData("10.0.0.0/8", "http://10.1.2.3/", true)]
    [InlineData("10.1.2.3/32", "http://10.1.2.3/", true)]
    [InlineData("10.1.2.3/32", "http://10.1.2.4/", false)]
    [InlineData("10.0.0.0/8", "http://[::ffff:10.1.2.3]/", true)]
    [InlineData("10.0.0.0/8", "http://192.168.1.1/", false)]
    [InlineData("fd00::/8", "http://[fd12::1]/", true)]
    [InlineData("fd00::/8", "http://[fe80::1]/", false)]
    public void A_network_that_is_named_is_allpending_and_no_other(string network, string address, bool isAllowed) =>
        (new SchoolAddresses(plain with { Allow = [IPNetwork.Parse(network)] }).Fault(new Uri(address)) is null).ShouldBe(
            isAllowed
        );

    [Theory]
    [InlineData("http://93.184.216.34/", "is not https")]
    [InlineData("https://93.184.216.34/", null)]
    [InlineData("https://tickets.group.example/callbacks", "is our own address")]
    [InlineData("https://tickets.group.example./callbacks", "is our own address")]
    [InlineData("https://10.0.0.1./", "lies inside")]
    [InlineData("https://tickets.group.example:8443/", null)]
    [InlineData("https://10.0.0.1/", "lies inside: correct the school's file, or name its network in the setting Outside:Allow")]
    public void Why_it_is_refused_says_how_to_mend_it(string address, string? why)
    {
        var fault = new SchoolAddresses(new() { Own = new Uri("https://tickets.group.example/") }).Fault(new Uri(address));

        if (why is null)
            fault.ShouldBeNull();
        else
            fault.ShouldNotBeNull().ShouldContain(why);
    }

    [Fact]
    public void What_is_logged_of_it_is_English_whoever_asks()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
        var inside = new Uri("http://10.0.0.1/");

        new SchoolAddresses(plain).Fault(inside).ShouldNotBeNull().ShouldStartWith("10.0.0.1 lies inside");
        var asked = new SchoolAddresses(plain) { Language = CultureInfo.CurrentUICulture };
        asked.Fault(inside).ShouldNotBeNull().ShouldStartWith("10.0.0.1 est une adresse interne");
    }

    [Fact]
    public async Task What_was_checked_is_what_is_called_and_a_redirect_is_nobody_s_second_way()
    {
        using var allowed = new Listening("127.0.0.2");
        using var other = new Listening("127.0.0.1");
        allowed.Answers =
            $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other.Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        var asked = 0;
        // The second time the name says something else.
        var addresses = new SchoolAddresses(
            plain with { Allow = [IPNetwork.Parse("127.0.0.2/32")] },
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "127.0.0.2" : "127.0.0.1")]));
        using var http = addresses.Client(1024);

        using (var answer = await http.GetAsync(new Uri($"http://school.example:{allowed.Port}/"), ct))
            answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        (asked, allowed.Seen, other.Seen).ShouldBe((1, 1, 0));

        var refused = await Should.ThrowAsync<AddressRefusedException>(() =>
            http.GetAsync(new Uri($"http://school.example:{other.Port}/"), ct)
        );
        refused.Message.ShouldStartWith("school.example is 127.0.0.1, which lies inside");
        (asked, other.Seen).ShouldBe((2, 0));
    }

    [Fact]
    public async Task A_proxy_that_is_set_is_asked_and_what_is_inside_still_is_not()
    {
        using var proxy = new Listening("127.0.0.1") { Answers = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" };
        var set = plain with { Proxy = new Uri($"http://127.0.0.1:{proxy.Port}/") };
        using var http = new SchoolAddresses(set, (host, _) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse(host == "127.0.0.1" ? host : "93.184.216.34")])
        ).Client(1024);

        (await http.GetAsync(new Uri("http://school.example/"), ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Should.ThrowAsync<AddressRefusedException>(() => http.GetAsync(new Uri("http://127.0.0.1/"), ct));
        proxy.Seen.ShouldBe(1);
    }

    /// <summary>Counts the connections of an address, and answers each alike.</summary>
    sealed class Listening : IDisposable
    {
        readonly TcpListener listener;
        int seen;

        public Listening(string address)
        {
            listener = new TcpListener(IPAddress.Parse(address), 0);
            listener.Start();
            _ = Listen();
        }

        public string Answers { get; set; } = "";

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public int Seen => Volatile.Read(ref seen);

        public void Dispose() => listener.Stop();

        async Task Listen()
        {
            var buffer = new byte[4096];
            while (true)
            {
                try
                {
                    using var caller = await listener.AcceptTcpClientAsync(ct);
                    Interlocked.Increment(ref seen);
                    _ = await caller.GetStream().ReadAsync(buffer, ct);
                    await caller.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(Answers), ct);
                }
                catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
