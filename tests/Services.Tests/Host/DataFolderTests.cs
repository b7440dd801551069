using System.Diagnostics;
using System.Net;
using System.Text;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>The data folder, as the program meets it: empty, held by another, taken away.</summary>
public sealed class DataFolderTests : IDisposable
{
    readonly string data = Directory.CreateTempSubdirectory("groupticketing-").FullName;

    public void Dispose()
    {
        foreach (var folder in (string[])[data, data + "-away"])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_start_on_an_empty_folder_is_refused_and_makes_nothing()
    {
        using var process = Start(Ports.FreeAddress());
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(1);
        said.ShouldContain($"error: {data} holds no store");
        said.ShouldContain("run --first");
        Directory.EnumerateFileSystemEntries(data).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("keys list")]
    [InlineData("run --services gateway,intake,routing,notification,portal,itop")]
    [InlineData("backup kept")]
    public async Task A_folder_that_nobody_may_look_into_is_not_told_to_be_empty(string command)
    {
        // Whatever account this is, nobody gets to the end of it.
        var loop = Path.Combine(data, "loop");
        File.CreateSymbolicLink(loop, loop);

        var (exit, said) = await CommandLine.Run(
            new Dictionary<string, string>
            {
                ["GROUPTICKETING__Itop__Url"] = "http://127.0.0.1:9/",
                ["GROUPTICKETING__Itop__User"] = "x",
                ["GROUPTICKETING__Itop__Password"] = "x",
                ["GROUPTICKETING__Outside__Allow"] = "127.0.0.0/8",
                ["GROUPTICKETING__Outside__Http"] = "true",
            },
            [.. command.Split(' '), "--data", loop, "--directory", Demo.Folder, "--insecure-demo"]
        );

        exit.ShouldBe(1);
        said.ShouldContain($"{loop} cannot be used: ");
        said.ShouldNotContain("first");
    }

    [Fact]
    public async Task A_store_is_made_once_before_the_first_start()
    {
        (await CommandLine.Run("first", "--data", data)).Exit.ShouldBe(0);
        (await CommandLine.Run("keys", "list", "--data", data)).Exit.ShouldBe(0, "it is there");

        var (exit, said) = await CommandLine.Run("first", "--data", data);

        exit.ShouldBe(1);
        said.ShouldContain("holds a store already");
    }

    [Fact]
    public async Task While_the_folder_is_away_nothing_is_taken_and_a_second_process_is_told_who_holds_it()
    {
        var url = Ports.FreeAddress();
        using var process = Start(url, "--first");
        try
        {
            using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
            await Door.Until(() => Status(http, "/readyz", 200), "it is ready");
            using var second = Start(Ports.FreeAddress());
            (await second.StandardError.ReadToEndAsync()).ShouldContain($"is held by process {process.Id} on ");

            Directory.Move(data, data + "-away");
            (await Status(http, "/readyz", 503)).ShouldNotBeNull("at once");
            ((int)(await Post(http)).StatusCode).ShouldBe(503);

            Directory.Move(data + "-away", data);
            (await Post(http)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }
        finally
        {
            process.Kill();
        }
    }

    static async Task<HttpResponseMessage> Post(HttpClient http)
    {
        var school = Demo.Toulouse.Slug;
        var secret = Registry.Secrets.Resolve(Demo.Toulouse, Demo.Folder, demo: true).Secrets.Webhook[0];
        var (now, body) = (
            DateTimeOffset.UtcNow,
            Encoding.UTF8.GetBytes(
                """{"specversion":"1.0","id":"e1","source":"/x","type":"ticket.opened","subject":"1","time":"2026-11-24T09:12:00+01:00","data":{"title":"t","description":"d"}}"""
            )
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/schools/{school}/events")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("webhook-id", "e1");
        request.Headers.TryAddWithoutValidation("webhook-timestamp", StandardWebhooks.Seconds(now));
        request.Headers.TryAddWithoutValidation("webhook-signature", StandardWebhooks.Sign([secret], "e1", now, body));
        return await http.SendAsync(request);
    }

    static async Task<string?> Status(HttpClient http, string address, int wanted)
    {
        try
        {
            return (int)(await http.GetAsync(address)).StatusCode == wanted ? "so" : null;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return null;
        }
    }

    Process Start(Uri url, params string[] also)
    {
        var start = ProductProgram.With([
            "run",
            .. also,
            "--data",
            data,
            "--insecure-demo",
            "--directory",
            Demo.Folder,
            "--urls",
            url.ToString().TrimEnd('/'),
        ]);
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetTempPath();
        foreach (
            var (name, value) in (IEnumerable<(string, string)>)
                [("Url", "http://127.0.0.1:9/"), ("User", "connecteur"), ("Password", "x")]
        )
            start.Environment[$"GROUPTICKETING__Itop__{name}"] = value;
        foreach (var (name, value) in Demo.Outside)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
