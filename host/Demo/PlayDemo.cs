namespace GroupTicketing.Host.Demo;

/// <summary><c>demo</c>: everything in one go, on the embedded store, with a simulated iTop and simulated schools.</summary>
static class PlayDemo
{
    public static async Task<int> Run(string data, bool once, CancellationToken ct)
    {
        var screen = System.Console.Out;
        try
        {
            await using var stage = await Stage.Set(data, ct);
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(70) };
            screen.WriteLine($"Page à regarder : {Stage.Product}   clé d’exploitation : {stage.Key}");
            screen.WriteLine($"iTop simulé : {Stage.Itop}   INSA Lyon : {Stage.Lyon}   INSA Toulouse : {Stage.Toulouse}");
            await new Scene(new Actor(http, stage.Key), screen).Play(ct);
            if (once)
                return 0;
            screen.WriteLine("Tout continue de tourner ; Ctrl+C pour arrêter.");
            await stage.Run(ct);
            return 0;
        }
        catch (Exception exception) when (exception is DemoFailed or HttpRequestException or Platform.StoreUnavailableException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            System.Console.Error.WriteLine($"error: {exception.Message}");
            return 1;
        }
    }
}
