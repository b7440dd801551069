using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Tests;

/// <summary>How the machines are set up.</summary>
public sealed record Setup
{
    /// <summary>iTop's, in milliseconds.</summary>
    public int Latency { get; init; } = 20;

    /// <summary>How often iTop is asked for changes; every second, so that tests are short.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A folder with the data of all to begin with.</summary>
    public string? From { get; init; }

    /// <summary>How many of each service, the gateway apart.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Whether the product is started, too; or the test does that.</summary>
    public bool WithProduct { get; init; } = true;

    /// <summary>RabbitMQ and MongoDB; null: embedded.</summary>
    public Engines? Engines { get; init; } = Engines.OfThisRun();

    /// <summary>The schools by their slugs, each with a tool of its own.</summary>
    public IReadOnlyList<string> Schools { get; init; } = [SchoolTool.First];

    /// <summary>Where a school's tool is that the proof itself plays; null: each is simulated by a process.</summary>
    public Func<string, Uri>? SchoolAt { get; init; }

    /// <summary>Where the product in one process keeps its data; null: in the folder.</summary>
    public string? Data { get; init; }

    /// <summary>The program that hosts the product instead of its own, with what a proof needs inside it; it takes the
    /// same arguments.</summary>
    public string? Program { get; init; }

    /// <summary>Who reads the warnings and errors that the product's processes log, each with its process's name; null:
    /// nobody.</summary>
    public Action<string>? Warned { get; init; }

    /// <summary>A folder of a cgroup that the product's processes are in from their first moment; null: none.</summary>
    public string? Group { get; init; }

    /// <summary>Through which address the product reaches iTop; null: its own.</summary>
    public Func<Uri, Uri>? ItopThrough { get; init; }

    /// <summary>What every process of the product is told besides.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>A school's simulated tool.</summary>
/// <param name="Slug">As in the school's file and in its address.</param>
/// <param name="Folder">Where its data and its ledger lie.</param>
public sealed record SchoolTool(string Slug, Uri Url, string Folder)
{
    /// <summary>The demo's school, the one there always is.</summary>
    public const string First = "toulouse";

    /// <summary>Its name for people; as iTop's entries bear it.</summary>
    public string Name => Slug == First ? "INSA Toulouse" : $"École {Slug}";

    /// <summary>What is signed with it is the school's word.</summary>
    public string Secret =>
        Slug == First ? Machines.Secret : $"whsec_{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Slug)))}";

    public static SchoolTool In(string folder, string slug, Uri? at) =>
        new(slug, at ?? Ports.FreeAddress(), Path.Combine(folder, slug == First ? "school" : $"school-{slug}"));
}
