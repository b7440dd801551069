using System.Text.Json;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>Recordings that are not replayed, and why.</summary>
public sealed record LeftOut(string Category, int[] Recordings);

/// <summary>A replayed recording that the simulator answers otherwise, and what differs.</summary>
public sealed record Different(int N, string What);

/// <summary>The folder of the recordings and what it says about itself.</summary>
public static class Recorded
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "recordings");

    public static LeftOut[] LeftOut() => Read<LeftOut>("left-out.json");

    public static Different[] Different() => Read<Different>("different.json");

    private static T[] Read<T>(string file) =>
        JsonSerializer.Deserialize<T[]>(File.ReadAllText(Path.Combine(Folder, file)), JsonSerializerOptions.Web)!;
}
