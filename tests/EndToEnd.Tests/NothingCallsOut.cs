using System.Text.RegularExpressions;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// Nothing of ours calls out by itself: with iTop, the schools and the engines on loopback, whatever a process connects
/// or sends to is there, and no name is looked up. Seen at the kernel's door, so it holds for every library, too.
/// </summary>
[Trait("form", "long")]
public sealed partial class NothingCallsOut : IDisposable
{
    // MassTransit reports to its maker once its bus has run for some five minutes.
    static readonly TimeSpan WithABus = TimeSpan.FromMinutes(6);
    static readonly TimeSpan Alone = TimeSpan.FromSeconds(20);

    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-calls").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_ticket_goes_to_and_fro_and_every_connection_stays_on_this_machine()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/strace"))
        {
            Assert.Skip("it takes Linux and strace to see what a process connects to");
            return;
        }
        var script = Path.Combine(folder, "seen.sh");
        // The tracer stands beside: the program is the test's own child, as ever. A file for each of its threads.
        var strace = $"strace -D -ff -o {folder}/$$ -e signal=none -e trace=connect,sendto,sendmsg,sendmmsg ";
        await File.WriteAllTextAsync(
            script,
            $"#!/bin/sh\n{ProductProgram.Exec.Replace("exec ", $"exec {strace}", StringComparison.Ordinal)}"
        );
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await using (var machines = await Machines.Start(new Setup { Program = script }))
        {
            await machines.HandOver("7001");
            await machines.Told("7001", "group.referenced");
            await machines.Acts("1", "ev_assign");
            await machines.Told("7001", "group.assigned");
            await Task.Delay(machines.Engines is null ? Alone : WithABus);
        }

        var calls = Directory.EnumerateFiles(folder).Where(file => file != script).SelectMany(File.ReadLines).ToList();
        calls.Count(line => line.Contains("127.0.0.1", StringComparison.Ordinal)).ShouldBeGreaterThan(3, "it is seen at all");
        calls.Where(IsOutside).Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""connect(41, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 0""")]
    [InlineData(
        """connect(41, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::"""
        + """1", &sin6_addr), sin6_scope_id=0}, 28) = -1 EINPROGRESS"""
    )]
    [InlineData(
        """connect(41, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "::ffff:192.0.2.1", &sin6_addr), """
        + """sin6_scope_id=0}, 28) = -1 ENETUNREACH"""
    )]
    [InlineData("""connect(41, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0""")]
    [InlineData("""connect(41, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0""")]
    public void What_goes_out_is_seen(string call) => IsOutside(call).ShouldBeTrue();

    [Theory]
    [InlineData("""connect(41, {sa_family=AF_INET, sin_port=htons(5672), sin_addr=inet_addr("127.0.0.1")}, 16) = 0""")]
    [InlineData(
        """connect(41, {sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "::ffff:127.0.0.1", &sin6_addr), """
        + """sin6_scope_id=0}, 28) = 0"""
    )]
    [InlineData(
        """connect(41, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)"""
    )]
    [InlineData("""sendto(41, "127", 3, 0, NULL, 0) = 3""")]
    public void What_stays_is_not(string call) => IsOutside(call).ShouldBeFalse();

    // Port 53 is a name being looked up, wherever it is asked.
    static bool IsOutside(string line) =>
        line.Contains("resolve", StringComparison.OrdinalIgnoreCase)
        || line.Contains("htons(53)", StringComparison.Ordinal)
        || Address().Matches(line).Any(address => !Loopback().IsMatch(address.Groups[1].Value));

    [GeneratedRegex("""(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"\)?""")]
    private static partial Regex Address();

    [GeneratedRegex(@"\A(127\.|::1\z|::ffff:127\.)")]
    private static partial Regex Loopback();
}
