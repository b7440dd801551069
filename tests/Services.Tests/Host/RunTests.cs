using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace GroupTicketing.Services.Tests;

/// <summary><c>run</c>, as a process of its own from its start to its end.</summary>
public sealed partial class RunTests : IDisposable
{
    const int Terminate = 15;

    static readonly (string, string)[] itop =
    [
        ("Itop__Url", "http://127.0.0.1:9/"),
        ("Itop__User", "connecteur"),
        ("Itop__Password", "x"),
    ];

    readonly string data = Directory.CreateTempSubdirectory("groupticketing-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task It_starts_says_it_is_ready_and_ends_well_when_it_is_told_to()
    {
        var url = Ports.FreeAddress();
        using var process = Start(
            itop,
            "run",
            "--first",
            "--data",
            data,
            "--insecure-demo",
            "--directory",
            Demo.Folder,
            "--urls",
            url.ToString().TrimEnd('/')
        );
        try
        {
            using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
            await Door.Until(() => Ready(http), "it is ready");
            (await http.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);

            var began = Stopwatch.GetTimestamp();
            Signal(process.Id, Terminate).ShouldBe(0);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            await process.WaitForExitAsync(patience.Token);

            process.ExitCode.ShouldBe(0);
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(8));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public async Task A_wrong_configuration_is_told_whole_and_nothing_starts()
    {
        var (exit, said) = await Failed(
            Start([], "run", "--data", data, "--directory", Path.Combine(data, "nowhere"), "--services", "itop,billing")
        );

        exit.ShouldBe(1);
        foreach (
            var wrong in new[]
            {
                "billing: no such service",
                "catalogue.yaml",
                "calendar.yaml",
                "Itop:Url",
                "Itop:User",
                "Itop:PasswordFile",
            }
        )
            said.ShouldContain(wrong);
        Directory.EnumerateFileSystemEntries(data).ShouldBeEmpty("nothing was opened");
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    [InlineData("*", false)]
    [InlineData("127.0.0.1", true)]
    public async Task A_port_in_use_is_said_in_a_line_and_nothing_is_opened(string host, bool isMetrics)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = $"http://{host}:{((IPEndPoint)other.LocalEndpoint).Port}";
        (string, string)[] nothing = [];
        var urls = isMetrics ? Ports.FreeAddress().ToString().TrimEnd('/') : taken;

        var failed = await Failed(
            Start(
                [.. itop, ("PublicUrl", "http://here.example/"), .. isMetrics ? [("Metrics__Url", taken)] : nothing],
                "run",
                "--data",
                data,
                "--insecure-demo",
                "--directory",
                Demo.Folder,
                "--urls",
                urls
            )
        );

        failed.ShouldBe((1, $"error: {taken} is in use: another program listens there, or this one is running already"));
        Directory.EnumerateFileSystemEntries(data).ShouldBeEmpty("nothing was opened");
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_said_in_a_line()
    {
        var store = ("Store__Url", $"mongodb://127.0.0.1:{Ports.Free()}/groupticketing");
        var failed = await Failed(
            Start(
                [store, ("Bus__Url", "amqp://127.0.0.1:9/"), ("Bus__User", "x"), ("Bus__Password", "x")],
                "run",
                "--data",
                data,
                "--insecure-demo",
                "--directory",
                Demo.Folder,
                "--services",
                "routing"
            )
        );

        failed.ShouldBe((1, "error: the store did not take it: TimeoutException; setting Store:Url says where it is looked for"));
    }

    static async Task<(int Exit, string Said)> Failed(Process process)
    {
        using var _ = process;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var said = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, (await said).Trim());
    }

    static async Task<string?> Ready(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/readyz")).StatusCode is HttpStatusCode.OK ? "ready" : null;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return null;
        }
    }

    static Process Start((string Name, string Value)[] settings, params string[] arguments)
    {
        var start = ProductProgram.With(arguments);
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetTempPath();
        foreach (var (name, value) in settings)
            start.Environment[$"GROUPTICKETING__{name}"] = value;
        foreach (var (name, value) in Demo.Outside)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
