using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Registry;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Simulators.Itop;
using Microsoft.AspNetCore.Builder;
using Outside = GroupTicketing.Platform.Outside;

namespace GroupTicketing.Services.Tests;

/// <summary>An iTop as it is after its setup: an administrator, the standard profiles, nothing else.</summary>
sealed class FreshItop : IAsyncDisposable
{
    public const string Administrator = "admin", Password = "Admin-2026!";

    readonly WebApplication app;
    readonly string folder;

    FreshItop(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public Uri Url => new(app.Urls.First() + "/");

    public ItopClient Itop => As(Administrator, Password);

    public static string PilotFile => Path.Combine(Demo.Root, "deploy", "pilot", "itop-catalogue.yaml");

    public static ItopCatalogue Pilot => ItopCatalogue.Load(PilotFile).Catalogue;

    public static async Task<FreshItop> Start(int latency = 0)
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var seed = Path.Combine(folder, "seed.json");
        File.WriteAllText(
            seed,
            $$"""{ "accounts": [ { "login": "{{Administrator}}", "password": "{{Password}}", "administrator": true } ] }"""
        );
        var app = ItopServer.Build(
            new Simulators.Itop.ItopOptions("http://127.0.0.1:0", Path.Combine(folder, "itop"), seed, latency),
            TimeProvider.System
        );
        await app.StartAsync();
        return new FreshItop(app, folder);
    }

    /// <summary>The one the pilot's file was applied to, and the passwords that were shown.</summary>
    public static async Task<(FreshItop Itop, IReadOnlyDictionary<string, string> Passwords)> Piloted()
    {
        var fresh = await Start();
        return (fresh, await fresh.Apply(Pilot.Items));
    }

    public ItopClient As(string user, string password) =>
        new(Outside.Client(1 << 24), new() { Url = Url, User = user, Password = password }, TimeProvider.System);

    public Task<InItop> Has() => new ReadCatalogue(Itop).All(default);

    public async Task<IReadOnlyList<PlanLine>> Planned(IReadOnlyList<ItopItem> items) => Plan.From(items, await Has());

    public async Task<IReadOnlyDictionary<string, string>> Apply(IReadOnlyList<ItopItem> items, Action<PlanLine>? done = null)
    {
        var passwords = new Dictionary<string, string>();
        var has = await Has();
        await new ApplyCatalogue(Itop).Apply(Plan.From(items, has), has, Told, default);
        return passwords;

        void Told(PlanLine line, string? password)
        {
            if (password is not null)
                passwords[line.Item.Path] = password;
            done?.Invoke(line);
        }
    }

    public async Task Fault(object settings)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync(new Uri(Url, "sim/faults"), settings)).EnsureSuccessStatusCode();
    }

    /// <summary>Puts our optional module into iTop, or takes it away.</summary>
    public async Task Install(bool module)
    {
        using var http = new HttpClient();
        (await http.PostAsync(new Uri(Url, $"sim/module/{module}"), null)).EnsureSuccessStatusCode();
    }

    /// <summary>Gives an account a profile more.</summary>
    public async Task Grant(string login, string profile)
    {
        var (user, given) = (
            await Itop.Get("UserLocal", $"SELECT UserLocal WHERE login = '{login}'", "id", default),
            await Itop.Get("URP_Profiles", $"SELECT URP_Profiles WHERE name = '{profile}'", "id", default)
        );
        var fields = new JsonObject { ["userid"] = user.Single().Key, ["profileid"] = given.Single().Key };
        await Itop.Call(
            new()
            {
                ["operation"] = "core/create",
                ["class"] = "URP_UserProfile",
                ["comment"] = "c",
                ["fields"] = fields,
                ["output_fields"] = "id",
            },
            default
        );
    }

    public async Task<IReadOnlyList<string>> Ledger()
    {
        using var http = new HttpClient();
        return (await http.GetStringAsync(new Uri(Url, "sim/ledger"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
