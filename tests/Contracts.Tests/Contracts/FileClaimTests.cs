using System.Globalization;
using CsCheck;
using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Contracts;

/// <summary>A file's name and type come from outside, in both directions.</summary>
public class FileClaimTests
{
    const string Family = "👩‍👩‍👧‍👦";

    [Theory]
    [InlineData("a.png", "a.png")]
    [InlineData(@"C:\tmp\été ☕.png", "été ☕.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("", "fichier")]
    [InlineData(null, "fichier")]
    [InlineData("..", "fichier")]
    [InlineData(" \t ", "fichier")]
    [InlineData("a/", "fichier")]
    [InlineData("\u200d", "fichier")]
    [InlineData("\u3164.\uffa0", "fichier")]
    [InlineData("\ufe0f", "fichier")]
    [InlineData("\u034f", "fichier")]
    [InlineData("\u2800", "fichier")]
    [InlineData("\u180b.\u17b4", "fichier")]
    [InlineData("a\0b\r\nc.txt", "abc.txt")]
    [InlineData("facture\u202Efdp.exe", "facturefdp.exe")]
    [InlineData("\u2066a\u2069\u200F.txt", "a.txt")]
    [InlineData("a\u2028b", "ab")]
    [InlineData(Family + ".png", Family + ".png")]
    [InlineData(".htaccess", ".htaccess")]
    public void A_name_is_plain(string? name, string plain) => FileClaim.PlainName(name).ShouldBe(plain);

    [Fact]
    public void Half_a_character_is_none() => FileClaim.PlainName("a\ud83d.txt").ShouldBe("a\ufffd.txt");

    [Theory]
    [InlineData(".pdf", ".pdf")]
    [InlineData(".2 réunion", "")]
    [InlineData(".abcdefghijklmnopq", "")]
    public void A_long_name_keeps_its_extension(string end, string extension)
    {
        var plain = FileClaim.PlainName(new string('x', 330) + end);

        plain.Length.ShouldBe(FileClaim.MostName);
        plain.ShouldEndWith(extension.Length > 0 ? extension : "x");
    }

    [Fact]
    public void It_is_not_cut_inside_what_people_see_as_one_character()
    {
        var plain = FileClaim.PlainName(string.Concat(Enumerable.Repeat(Family, 40)) + ".png");

        plain.ShouldBe(string.Concat(Enumerable.Repeat(Family, (200 - 4) / Family.Length)) + ".png");
        FileClaim.PlainName("e" + new string('\u0301', 300) + ".txt").ShouldBe("fichier.txt");
    }

    [Fact]
    public void Whatever_comes_is_a_name() => Gen.String[0, 400].Sample(name =>
    {
        var plain = FileClaim.PlainName(name);
        plain.Length.ShouldBeInRange(1, FileClaim.MostName);
        plain.Any(one => char.IsControl(one) || one is '/' or '\\').ShouldBeFalse();
        FileClaim.PlainName(plain).ShouldBe(plain);
        new StringInfo(plain).LengthInTextElements.ShouldBeGreaterThan(0);
    });

    [Theory]
    [InlineData("image/png", "image/png")]
    [InlineData("Image/PNG; charset=x", "image/png")]
    [InlineData(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )]
    [InlineData("text/plain", "text/plain")]
    [InlineData("text/html", FileClaim.Unknown)]
    [InlineData("text/jscript", FileClaim.Unknown)]
    [InlineData("text/x-ecmascript", FileClaim.Unknown)]
    [InlineData("text/livescript", FileClaim.Unknown)]
    [InlineData("text/vbscript", FileClaim.Unknown)]
    [InlineData("text/javascript1.5", FileClaim.Unknown)]
    [InlineData("application/postscript", "application/postscript")]
    [InlineData("image/svg+xml", FileClaim.Unknown)]
    [InlineData("application/xhtml+xml", FileClaim.Unknown)]
    [InlineData("application/xml", FileClaim.Unknown)]
    [InlineData("TEXT/JavaScript", FileClaim.Unknown)]
    [InlineData("png", FileClaim.Unknown)]
    [InlineData("a/b/c", FileClaim.Unknown)]
    [InlineData("image/png\r\nx: y", FileClaim.Unknown)]
    [InlineData("/", FileClaim.Unknown)]
    [InlineData(null, FileClaim.Unknown)]
    public void A_type_is_a_type(string? type, string plain) => FileClaim.PlainType(type).ShouldBe(plain);
}
