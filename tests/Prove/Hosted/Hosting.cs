using GroupTicketing.Host;

namespace GroupTicketing.Prove.Hosted;

/// <summary>The product in a process of its own, as its own program runs it, with what a proof needs inside it.</summary>
static class Hosting
{
    public static async Task<int> Run(string[] args)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables("GROUPTICKETING__").Build().Get<HostSettings>()! with
        {
            Data = Value(args, "--data")!,
            Directory = Value(args, "--directory")!,
            Urls = Value(args, "--urls")!,
        };
        IReadOnlyCollection<string> named = Value(args, "--services")?.Split(',') ?? [];
        var configuration = Configuration.Read(settings, named.Count == 0 ? Modules.Names : named);
        await using var app = App.Build(configuration, Modules.Open(named, settings), builder => Faults.Into(builder.Services));
        await app.RunAsync();
        return 0;
    }

    static string? Value(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;
}
