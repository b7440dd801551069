namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>Files as people and editors damage them: the loader always answers, and never half.</summary>
public sealed class DamagedFilesTests : IDisposable
{
    private static readonly string[] Files = ["catalogue.yaml", "calendar.yaml", "schools/lyon.yaml"];
    private static readonly string[] Splinters =
    [
        "",
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "#",
        "|",
        ">",
        "&a",
        "*a",
        "!!map",
        "%",
        "@",
        "\t",
        "\n",
        "  ",
        "? ",
        "~",
        "\0",
        "é",
        "---\n",
    ];

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_broken_is_told_and_nothing_half_read_is_given(int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var round = 0; round < 400; round++)
        {
            var file = Files[random.Next(Files.Length)];
            var whole = File.ReadAllText(folder.PathOf(file));
            folder.Write(file, Damaged(whole, random));

            var reading = folder.Load();

            var given = reading.Catalogue is not null && reading.Calendar is not null;
            given.ShouldBe(reading.Errors.Count == 0);
            (reading.Schools.Count > 0).ShouldBe(given);
            reading.Errors.ShouldAllBe(e => e.Text.Length > 10 && e.Line >= 0 && e.File.StartsWith(folder.PathOf("")));
            refused += given ? 0 : 1;
            folder.Write(file, whole);
        }
        refused.ShouldBeInRange(50, 399);
        folder.Sound();
    }

    [Fact]
    public void Each_line_left_out_of_the_catalogue_is_survived()
    {
        var lines = Folder.Catalogue.Split('\n');
        for (var left = 0; left < lines.Length; left++)
        {
            folder.Write("catalogue.yaml", string.Join('\n', lines.Where((_, i) => i != left)));
            var reading = folder.Load();
            (reading.Catalogue is null).ShouldBe(reading.Errors.Count > 0);
        }
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing()
    {
        foreach (var file in Files)
            folder.Write(file, '\uFEFF' + File.ReadAllText(folder.PathOf(file)).Replace("\n", "\r\n"));

        folder.Sound().Schools.ShouldHaveSingleItem().Slug.ShouldBe("lyon");
    }

    private static string Damaged(string text, Random random)
    {
        var at = random.Next(text.Length);
        var dropped = random.Next(Math.Min(12, text.Length - at));
        return text[..at] + Splinters[random.Next(Splinters.Length)] + text[(at + dropped)..];
    }
}
