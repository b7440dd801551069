using System.Globalization;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>How a measure is said: what, how much, and what was aimed at.</summary>
static class Report
{
    static readonly string mode = Engines.OfThisRun() is null ? "embedded" : "distributed";

    public static bool IsEmbedded => Engines.OfThisRun() is null;

    /// <summary>One line; the item is the number it has in the issue.</summary>
    /// <param name="aim">In words; null where there is none.</param>
    public static void Say(int item, string what, string value, string? aim = null, bool isMet = true) =>
        Console.WriteLine(
            string.Create(
                    CultureInfo.InvariantCulture,
                    $"{item} {mode, -11} {what, -34} {value, -44} "
                    + $"{(aim is null ? "" : $"aim {aim}: {(isMet ? "met" : "NOT MET")}")}"
                )
                .TrimEnd()
        );

    /// <summary>The median, and from which value to which.</summary>
    public static string Spread(IReadOnlyCollection<double> values, string format = "0.00") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(values).ToString(format, CultureInfo.InvariantCulture)} "
            + $"({values.Min().ToString(format, CultureInfo.InvariantCulture)} "
            + $"to {values.Max().ToString(format, CultureInfo.InvariantCulture)})"
        );

    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
