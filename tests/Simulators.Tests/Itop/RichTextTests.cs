using GroupTicketing.Simulators.Itop.Rest;

namespace GroupTicketing.Simulators.Tests.Itop;

public sealed class RichTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("D", "<p>D</p>")]
    [InlineData("a\nb < c & d", "<p>a\nb &lt; c &amp; d</p>")]
    [InlineData("Un <b>mot</b>", "<p>Un <b>mot</b></p>")]
    [InlineData("<p>déjà</p>", "<p>déjà</p>")]
    [InlineData("<p onclick=\"x()\" id='a' class=\"c\">x</p>", "<p class=\"c\">x</p>")]
    [InlineData("<p>a</p><script>alert(1)</script><iframe src=\"https://x.example\"></iframe>", "<p>a</p>")]
    [InlineData("<p><a href=\"javascript:alert(1)\">x</a></p><!-- marque -->", "<p><a>x</a></p>")]
    [InlineData("<p><a href=\" JaVaScript&#58;alert(1)\">x</a></p>", "<p><a>x</a></p>")]
    [InlineData("<p><img src=\"x\" onerror=\"alert(1)\"></p>", "<p><img></p>")]
    [InlineData("<p><a href=\"https://x.example/?a=1&b=2\">x</a></p>", "<p><a href=\"https://x.example/?a=1&amp;b=2\">x</a></p>")]
    [InlineData("<blink>x</blink>", "<p>x</p>")]
    [InlineData("<p>&#233;t&eacute; &lt;i&gt;&nbsp;x & y</p>", "<p>été &lt;i&gt;&nbsp;x &amp; y</p>")]
    [InlineData("Corps <p>é</p>", "<p>Corps </p><p>é</p>")]
    public void Keeps_what_is_harmless(string given, string kept) => RichText.Html(given).ShouldBe(kept);

    [Theory]
    [InlineData("<p>Réponse <b>HTML</b>\nligne 2</p>", "Réponse HTML ligne 2")]
    [InlineData("<p>a</p><p>b</p>", "a\nb")]
    [InlineData("a<br/>b &lt; c", "a\nb < c")]
    [InlineData("<ul><li>1</li><li>2</li></ul>", "1\n2")]
    public void Reads_as_text(string html, string text) => RichText.ToText(html).ShouldBe(text);

    [Fact]
    public void Plain_entries_keep_their_lines_and_show_their_markup() =>
        RichText.FromPlainText("a <b>\r\nb & c").ShouldBe("a &lt;b&gt;<br/>b &amp; c");
}
