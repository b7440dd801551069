using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Gateway;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests;

/// <summary>Refused keys of who sent too many are told to wait for the rest of the minute; a live one never, nor
/// schools' events.</summary>
public sealed class BadKeysTests
{
    const int Most = 3;
    static readonly byte[] opened = GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}""");

    [Fact]
    public async Task After_too_many_refused_keys_the_next_is_told_to_wait_and_a_live_one_is_served()
    {
        await using var door = await Open();
        var key = await door.Key("operator");
        for (var bad = 0; bad < Most; bad++)
            (await door.Get("/v1/tickets", $"gt_{bad}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var answer = await door.Get("/v1/tickets", "gt_other");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string)said["type"]!, (string)said["title"]!).ShouldBe(
            ("urn:groupticketing:problem:too-many-bad-keys", "Trop de clés refusées depuis cette adresse.")
        );
        answer.Headers.WwwAuthenticate.ShouldBeEmpty();
        (await door.Get("/v1/tickets")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "without a key, too");
        var served = await door.Get("/v1/tickets", key);
        (served.StatusCode, await served.Content.ReadAsStringAsync()).ShouldBe(
            (HttpStatusCode.OK, """{"tickets":[],"before":null}""")
        );
        (await door.Get("/")).StatusCode.ShouldBe(HttpStatusCode.OK, "a person can sign in");
    }

    [Fact]
    public async Task A_school_s_event_is_taken_whatever_its_address_did()
    {
        await using var door = await Open();
        for (var bad = 0; bad < 2 * Most; bad++)
            await door.Get("/v1/tickets", "gt_bad");
        (await door.Get("/v1/tickets")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        (await door.Post(opened)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await door.Get("/v1/schools/toulouse/put-aside")).StatusCode.ShouldBe(
            HttpStatusCode.TooManyRequests,
            "what is read of a school is no event"
        );
        (await door.Get("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await door.Get("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_tool_with_an_outdated_secret_is_told_so_each_time_and_shuts_nobody_out()
    {
        await using var door = await Open();
        for (var bad = 0; bad < 3 * Most; bad++)
            (await door.Post(opened, signed: false)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await door.Get("/v1/tickets", await door.Key("operator"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_elsewhere_that_refuses_keys_counts_as_well()
    {
        await using var console = await Door.Open(["portal"]);
        await using var edge = await Door.Open(["gateway"], set: settings => settings with { BadKeysPerMinute = Most, Services =
                    new() { ["portal"] = console.Http.BaseAddress! } });
        for (var bad = 0; bad < Most; bad++)
            (await edge.Get("/v1/tickets", "gt_bad")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        (await edge.Get("/v1/tickets", "gt_bad")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await console.Get("/v1/tickets", "gt_bad")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "only the gateway limits");
        (await edge.Get("/v1/tickets", await console.Key("operator"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Behind_a_known_proxy_each_caller_has_its_own_count()
    {
        await using var door = await Open();
        await Exhaust(door, "203.0.113.7");

        (await Ask(door, "203.0.113.7")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Ask(door, "203.0.113.8")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Ask(door, "198.51.100.1, 203.0.113.7")).ShouldBe(
            HttpStatusCode.TooManyRequests,
            "the last before the proxy is who called it; what stands before is hearsay"
        );
        (await Ask(door, "203.0.113.7, 127.0.0.1")).ShouldBe(HttpStatusCode.TooManyRequests, "through two known proxies");
    }

    [Fact]
    public async Task What_an_unknown_proxy_says_helps_nobody()
    {
        await using var door = await Open("10.0.0.1");
        for (var bad = 0; bad < Most; bad++)
            (await Ask(door, $"203.0.113.{bad}")).ShouldBe(HttpStatusCode.Unauthorized);

        (await Ask(door, "203.0.113.99")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public void A_minute_later_it_is_heard_again()
    {
        var (clock, address) = (new FakeTimeProvider(), IPAddress.Parse("203.0.113.7"));
        var keys = new BadKeys(2, clock);
        keys.Count(address);
        keys.Wait(address).ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(20));
        keys.Count(address);

        keys.Wait(address).ShouldBe(TimeSpan.FromSeconds(40));
        keys.Wait(IPAddress.Parse("203.0.113.8")).ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(40));
        keys.Wait(address).ShouldBeNull();
        keys.Count(address);
        keys.Wait(address).ShouldBeNull("a new minute has its own count");
    }

    [Fact]
    public void However_many_addresses_come_nobody_is_forgotten_within_the_minute()
    {
        var (clock, address, late) = (new FakeTimeProvider(), IPAddress.Parse("203.0.113.7"), IPAddress.Parse("203.0.113.8"));
        var keys = new BadKeys(2, clock);
        keys.Count(address);
        keys.Count(address);
        for (uint other = 1; other < 10_000; other++)
            keys.Count(new IPAddress(other));
        keys.Count(late);
        keys.Wait(late).ShouldBeNull();
        keys.Count(IPAddress.Parse("203.0.113.9"));

        keys.Wait(address).ShouldNotBeNull();
        keys.Wait(late).ShouldNotBeNull("those without a place share one count");
        clock.Advance(TimeSpan.FromMinutes(1));
        keys.Count(late);
        (keys.Wait(address), keys.Wait(late)).ShouldBe((null, null), "their places are free again");
        keys.Count(late);
        keys.Wait(late).ShouldNotBeNull("it has a place of its own");
    }

    [Fact]
    public async Task A_live_key_where_it_may_not_is_told_so_and_is_not_counted()
    {
        await using var door = await Open();
        var key = await door.Key("toulouse");
        for (var other = 0; other < 3 * Most; other++)
        {
            var answer = await door.Get("/v1/pending", key);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            await Api.Fits("GET /v1/pending", answer);
        }

        (await door.Get("/v1/tickets", "gt_bad")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    public void An_IPv6_caller_is_its_network(string one, string other, bool isSame) =>
        BadKeys.Caller(IPAddress.Parse(one)).Equals(BadKeys.Caller(IPAddress.Parse(other))).ShouldBe(isSame);

    static Task<Door> Open(string proxies = "127.0.0.0/8, ::1") =>
        Door.Open(["gateway", "intake", "routing", "notification", "portal"], set: settings =>
            settings with
            {
                BadKeysPerMinute = Most,
                Proxies = proxies,
            }
        );

    static async Task Exhaust(Door door, string forwarded)
    {
        for (var bad = 0; bad < Most; bad++)
            (await Ask(door, forwarded)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    static async Task<HttpStatusCode> Ask(Door door, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tickets");
        request.Headers.Add("X-Forwarded-For", forwarded);
        request.Headers.Add("Authorization", "Bearer gt_bad");
        return (await door.Http.SendAsync(request)).StatusCode;
    }
}
