using System.Diagnostics;
using System.Net.Http.Json;

namespace GroupTicketing.Simulators.Tests;

/// <summary>A killed demo leaves nobody behind who tells the next one something.</summary>
public sealed class ParentTests
{
    [Fact]
    public async Task A_school_that_still_tries_to_send_ends_with_who_started_it()
    {
        var data = Directory.CreateTempSubdirectory("groupticketing-parent-").FullName;
        var (school, nobody) = (Ports.FreeAddress(), Ports.FreeAddress());
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    typeof(Parent).Assembly.Location,
                    "school",
                    "--urls",
                    $"{school}",
                    "--data",
                    data,
                    "--school",
                    "lyon",
                    "--to",
                    $"{nobody}",
                    "--secret",
                    "whsec_AAAA",
                    "--parent",
                    "stdin",
                ]
            )
            {
                RedirectStandardInput = true,
            }
        )!;
        using var http = new HttpClient();
        await Answers(http, school);
        var sending = http.PostAsJsonAsync(new Uri(school, "sim/tickets"), new { title = "Sans réponse" });
        await Wait.Until(async () =>
            (await http.GetStringAsync(new Uri(school, "sim/ledger"))).Contains("\"sent\"", StringComparison.Ordinal)
        );

        process.StandardInput.Close();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await process.WaitForExitAsync(patience.Token);
        await Should.ThrowAsync<HttpRequestException>(sending);
        Directory.Delete(data, recursive: true);
    }

    // A process that starts among many takes its time.
    static Task Answers(HttpClient http, Uri url) => Wait.Until(async () =>
    {
        try
        {
            using var answer = await http.GetAsync(url);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, seconds: 20);
}
