using System.Text.Json;
using System.Text.RegularExpressions;
using GroupTicketing.ItopConnector.Adapters;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>One line a check: ok, or FAILED with what was expected and what was seen.</summary>
public sealed class Checks(TextWriter to)
{
    private static readonly TimeSpan CheckTakesAtMost = TimeSpan.FromSeconds(90);

    public int Passed { get; private set; }

    public int Total { get; private set; }

    public Task<bool> Is(string what, string expected, Func<Task<string?>> observe) =>
        Check(what, expected, seen => seen == expected, observe);

    /// <summary>Expects a text that matches a regular expression as a whole.</summary>
    public Task<bool> Matches(string what, string expected, Func<Task<string?>> observe) =>
        Check(what, expected, seen => Regex.IsMatch(seen, $"^(?:{expected})$", RegexOptions.Singleline), observe);

    public Task Say(string line) => to.WriteLineAsync(line);

    private async Task<bool> Check(string what, string expected, Func<string, bool> holds, Func<Task<string?>> observe)
    {
        Total++;
        var seen = await Seen(observe);
        var isOk = holds(seen);
        Passed += isOk ? 1 : 0;
        await Say(isOk ? $"ok      {what}" : $"FAILED  {what}: expected {expected}, seen {seen}");
        return isOk;
    }

    private static async Task<string> Seen(Func<Task<string?>> observe)
    {
        try
        {
            return await observe().WaitAsync(CheckTakesAtMost) ?? "nothing";
        }
        catch (ItopException exception)
        {
            return $"{exception.Fault}: {exception.Reason}";
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or TimeoutException or JsonException
            or InvalidOperationException or KeyNotFoundException or NullReferenceException or FormatException)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }
}
