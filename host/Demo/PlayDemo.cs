using GroupTicketing.Host.Commands;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Demo;

/// <summary><c>demo</c>: everything in one go, on the embedded store, with a simulated iTop and simulated schools.</summary>
static class PlayDemo
{
    public static async Task<int> Run(string data, bool once, CancellationToken ct)
    {
        var screen = Console.Out;
        try
        {
            await using var stage = await Stage.Set(data, ct);
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(70) };
            screen.WriteLine(CommandTexts.Text("DemoPage", Stage.Product, stage.Key));
            screen.WriteLine(CommandTexts.Text("DemoPlaces", Stage.Itop, Stage.Lyon, Stage.Toulouse));
            await new Scene(new Actor(http, stage.Key), screen).Play(ct);
            if (once)
                return 0;
            screen.WriteLine(CommandTexts.Text("DemoGoesOn"));
            await stage.Run(ct);
            return 0;
        }
        catch (StoreUnavailableException exception)
        {
            return Tell.Error(exception.Localized);
        }
        catch (Exception exception) when (exception is DemoFailed or HttpRequestException
            || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Tell.Error(exception.Message);
        }
    }
}
