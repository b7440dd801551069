using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.Platform.Tests;

/// <summary>
/// In a network namespace in which every address there is answers, and shows that it was called: nothing inside was.
/// Where this machine has no such
/// namespaces (an own user namespace, iproute2) it is skipped.
/// </summary>
public sealed class EveryAddressAnswers
{
    const string Everywhere =
        "ip link set lo up && ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo && exec \"$@\"";
    const int ProxyPort = 3128;

    static readonly CancellationToken ct = CancellationToken.None;
    static readonly IPAddress outside = IPAddress.Parse("93.184.216.34");

    readonly ConcurrentQueue<IPEndPoint> called = [];

    [Fact]
    public async Task Nothing_inside_is_called()
    {
        Assert.SkipUnless(await Exit(["true"]) is (0, _), "no network namespace of one's own here");

        var (exit, said) = await Exit([
            "dotnet",
            typeof(EveryAddressAnswers).Assembly.Location,
            "-explicit",
            "only",
            "-method",
            "*EveryAddressAnswers.Within_the_namespace",
            "-noColor",
            "-noLogo",
        ]);

        exit.ShouldBe(0, said);
        said.ShouldContain("Total: 1,");
    }

    [Fact(Explicit = true)]
    public async Task Within_the_namespace()
    {
        foreach (var port in (int[])[80, 443, 8080, 9854, 9876, 27017, ProxyPort])
            Listen(port);
        var options = new OutsideOptions { Http = true };
        foreach (var (address, lookedUp) in OutsideForms.All)
        {
            using var http = OutsideForms.Client(options, lookedUp);
            (await OutsideForms.Call(address, http, ct)).ShouldNotBeNull(address);
        }
        await Task.Delay(200, ct);
        called.ShouldBeEmpty();

        // What would have been seen: one outside is called, not by the proxy of the environment, and at what was looked
        // up the first time.
        await ChangesItsMind(options, [outside], [IPAddress.Loopback]);
        called.ShouldBe([new IPEndPoint(outside, 80)]);
        using (var http = OutsideForms.Client(options, []))
            await OutsideForms.Call("https://[2606:4700::1111]/", http, ct);
        await Task.Delay(200, ct);
        called.Distinct().ShouldBe([new IPEndPoint(outside, 80), new IPEndPoint(IPAddress.Parse("2606:4700::1111"), 443)]);
    }

    async Task ChangesItsMind(OutsideOptions options, params IPAddress[][] answers)
    {
        var asked = 0;
        using var http = new SchoolAddresses(options, (_, _) =>
            Task.FromResult(answers[Math.Min(asked++, answers.Length - 1)])
        ).Client(1024);
        (await OutsideForms.Call("http://school.example/", http, ct)).ShouldBeNull();
        asked.ShouldBe(1, "what was checked is what is called");
        (await OutsideForms.Call("http://school.example/", http, ct)).ShouldBeOfType<AddressRefusedException>();
        await Task.Delay(200, ct);
    }

    void Listen(int port)
    {
        var listener = TcpListener.Create(port);
        listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var caller = await listener.AcceptSocketAsync(ct);
                var at = (IPEndPoint)caller.LocalEndPoint!;
                called.Enqueue(new IPEndPoint(at.Address.IsIPv4MappedToIPv6 ? at.Address.MapToIPv4() : at.Address, at.Port));
                await caller.SendAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), ct);
            }
        });
    }

    static async Task<(int Exit, string Said)> Exit(string[] program)
    {
        try
        {
            var start = new ProcessStartInfo("unshare", ["-rn", "sh", "-c", Everywhere, "sh", .. program])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var name in (string[])["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
                start.Environment[name] = $"http://127.0.0.1:{ProxyPort}/";
            using var process = System.Diagnostics.Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}
