using System.CommandLine;

namespace GroupTicketing.Host.Commands;

/// <summary><c>health URL</c>: exit 0 when it answers 2xx within four seconds; for containers, which have no other tool
/// inside.</summary>
static class HealthCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = CommandTexts.Text("HealthUrl") };
        var command = new Command("health", CommandTexts.Text("Health")) { url };
        command.SetAction(async (parsed, ct) =>
        {
            var fault = Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var address)
                ? await Fault(address, ct)
                : CommandTexts.Text("NoAddress");
            return fault is null ? 0 : Tell.Error(fault);
        });
        return command;
    }

    /// <summary>Why the address does not answer 2xx, or null.</summary>
    public static async Task<string?> Fault(Uri url, CancellationToken ct)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(url, ct);
            return answer.IsSuccessStatusCode ? null : CommandTexts.Text("Answers", url, (int)answer.StatusCode);
        }
        catch (HttpRequestException exception)
        {
            return CommandTexts.Text("CallFailed", url, exception.Message);
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return CommandTexts.Text("NoAnswer", url, Patience.TotalSeconds);
        }
    }
}
