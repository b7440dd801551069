using System.Text.RegularExpressions;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

/// <summary>The reverse proxy and the gateway behind it agree on who calls and how much it may say.</summary>
public sealed class ProxyTests
{
    static readonly string nginx = File.ReadAllText(Tree.Path("deploy/proxy/nginx.conf"));
    static readonly string browser = File.ReadAllText(Tree.Path("host/BrowserHeaders.cs"));
    static readonly string limits = File.ReadAllText(Tree.Path("host/Limits.cs"));

    [Fact]
    public void It_puts_the_caller_s_address_in_place_of_what_the_caller_says() =>
        nginx.ShouldContain("proxy_set_header X-Forwarded-For $remote_addr;");

    [Fact]
    public void It_lets_through_no_more_headers_than_the_gateway_takes()
    {
        var buffers = Regex.Match(nginx, @"large_client_header_buffers (\d+) (\d+)k;");

        (int.Parse(buffers.Groups[1].Value) * int.Parse(buffers.Groups[2].Value)).ShouldBe(Limit("MaxRequestHeadersTotalSize"));
        int.Parse(buffers.Groups[2].Value).ShouldBe(Limit("MaxRequestLineSize"), "one buffer holds the request's first line");
    }

    [Fact]
    public void Every_process_in_containers_believes_the_same_proxies()
    {
        Compose.Text.ShouldContain("GROUPTICKETING__Proxies: ${PROXIES:?}");
        foreach (var (name, service) in Compose.Services.Where(service => service.Value["command"].Texts.Contains("run")))
            service["environment"]["GROUPTICKETING__Proxies"].Text.ShouldBe("${PROXIES:?}", name);
    }

    [Fact]
    public void It_never_says_429() =>
        Regex.IsMatch(nginx, @"limit_(req|conn)|return 429").ShouldBeFalse("a school's tool may never send it again");

    [Theory]
    [InlineData("/healthz", true)]
    [InlineData("/HealthZ", true)]
    [InlineData("/READYZ/", true)]
    [InlineData("/Metrics/x", true)]
    [InlineData("/v1/pending", false)]
    [InlineData("/healthzy", false)]
    public void Health_is_the_machine_s_own_in_any_case(string path, bool isOwn)
    {
        var rule = Regex.Match(nginx, @"location (~\*?) (\S+) \{\s*return 404;");

        Regex
            .IsMatch(path, rule.Groups[2].Value, rule.Groups[1].Value == "~*" ? RegexOptions.IgnoreCase : RegexOptions.None)
            .ShouldBe(isOwn);
    }

    [Theory]
    [InlineData("X-Content-Type-Options", "nosniff")]
    [InlineData("Referrer-Policy", "same-origin")]
    [InlineData("Content-Security-Policy", "\"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'\"")]
    public void Its_own_answers_say_what_the_gateway_s_do_and_those_passed_on_say_it_once(string header, string value)
    {
        var said = Regex.Matches(nginx, $@"add_header {header} (\$\w+) always;");
        var variable = said[0].Groups[1].Value;
        var upstream = "$upstream_http_" + header.ToLowerInvariant().Replace('-', '_');

        said.Count.ShouldBe(Regex.Count(nginx, @"(?m)^server \{"), "the redirect to https is an answer, too");
        Regex.Replace(nginx, @"\s+", " ").ShouldContain($"map {upstream} {variable} {{ \"\" {value}; }}");
        browser.ShouldContain(value.Trim('"'));
    }

    static int Limit(string name) => int.Parse(Regex.Match(limits, $@"{name} = (\d+) \* KiB;").Groups[1].Value);
}
