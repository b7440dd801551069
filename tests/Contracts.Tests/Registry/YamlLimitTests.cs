using System.Diagnostics;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class YamlLimitTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("- a\n- b", "the file must consist of 'key: value' lines")]
    [InlineData("just text", "the file must consist of 'key: value' lines")]
    [InlineData("a: &x 1\nb: *x", "anchors and aliases")]
    [InlineData("a: [unclosed", "not YAML")]
    [InlineData("a: b: c", "not YAML")]
    [InlineData("a: 1\n\tb: 2", "not YAML")]
    [InlineData("a: 1\n---\nb: 2", "a second document begins")]
    [InlineData("a: 1\nb: \0", "a control character stands in this line")]
    [InlineData("? [a, b]\n: 1", "a key must be a plain word")]
    public void A_file_that_cannot_be_read_is_one_error(string text, string told)
    {
        folder.Write("calendar.yaml", text);

        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldContain(told);
    }

    [Fact]
    public void Twenty_levels_are_read_and_no_more()
    {
        string Nested(int depth) => "a: " + new string('[', depth) + new string(']', depth);
        folder.Write("calendar.yaml", Nested(19));
        folder.Load().Errors.ShouldAllBe(e => !e.Text.Contains("20 levels"));

        folder.Write("calendar.yaml", Nested(20));
        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldContain("nested deeper than 20 levels");
    }

    [Fact]
    public void A_hundred_thousand_levels_neither_crash_nor_take_long()
    {
        folder.Write("calendar.yaml", "a: " + new string('[', 100_000));
        var watch = Stopwatch.StartNew();

        folder.Load().Errors.ShouldHaveSingleItem();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_mebibyte_is_read_and_no_more()
    {
        var comment = "# " + new string('x', 1000) + "\n";
        folder.Write("calendar.yaml", Folder.Calendar + string.Concat(Enumerable.Repeat(comment, 1000)));
        folder.Sound();

        folder.Write("calendar.yaml", Folder.Calendar + string.Concat(Enumerable.Repeat(comment, 1100)));
        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldContain("larger than 1 MiB");
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        File.WriteAllBytes(folder.PathOf("calendar.yaml"), [(byte)'a', (byte)':', (byte)' ', 0xE9, (byte)'\n']);

        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldContain("not UTF-8");
    }
}
