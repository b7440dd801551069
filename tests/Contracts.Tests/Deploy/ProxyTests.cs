using System.Text.RegularExpressions;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

/// <summary>The reverse proxy and the gateway behind it agree on who calls and how much it may say.</summary>
public sealed class ProxyTests
{
    static readonly string nginx = File.ReadAllText(Tree.Path("deploy/proxy/nginx.conf"));
    static readonly string limits = File.ReadAllText(Tree.Path("host/Limits.cs"));

    [Fact]
    public void It_puts_the_caller_s_address_in_place_of_what_the_caller_says() => nginx.ShouldContain("proxy_set_header X-Forwarded-For $remote_addr;");

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
    public void It_never_says_429() => Regex.IsMatch(nginx, @"limit_(req|conn)|return 429").ShouldBeFalse("a school's tool may never send it again");

    static int Limit(string name) => int.Parse(Regex.Match(limits, $@"{name} = (\d+) \* KiB;").Groups[1].Value);
}
