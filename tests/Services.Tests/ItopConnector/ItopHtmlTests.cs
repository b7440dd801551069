using System.Diagnostics;
using System.Text.Json;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>iTop's HTML as text, and what is none as it is.</summary>
public class ItopHtmlTests
{
    const int Rounds = 7;

    [Theory]
    [InlineData(
        "<p>Voir <a href=\"https://doc.example/guide\">ce "
        + "guide</a></p><table><tr><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>",
        "Voir ce guide (https://doc.example/guide)\n\nA | 1\nB | 2"
    )]
    [InlineData("<p>un<br/>deux</p><p>trois</p>", "un\ndeux\n\ntrois")]
    [InlineData("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux")]
    [InlineData("<a href=\"https://a.example\">https://a.example</a>", "https://a.example")]
    [InlineData("<a href=\"javascript:alert(1)\">ici</a>", "ici")]
    [InlineData("a &lt; b &amp; c", "a < b & c")]
    [InlineData("<p>a</p><script>b()</script><style>c{}</style><!-- d -->", "a")]
    public void It_reads_as_a_browser_shows_it(string html, string text) => ReadFields.Plain(html).ShouldBe(text);

    [Theory]
    [InlineData("<!--")]
    [InlineData("<style>")]
    [InlineData("<div>")]
    public void A_mebibyte_of_anything_takes_a_moment(string part)
    {
        var html = string.Concat(Enumerable.Repeat(part, 1024 * 1024 / part.Length));
        ReadFields.Plain("<p>warm</p>");
        var took = Enumerable.Range(0, Rounds).Select(_ => Took(html)).Min();

        // Of several rounds the best: others are busy on this machine, too. The third makes a tree of two hundred
        // thousand elements, which nobody is promised.
        took.ShouldBeLessThan(part is "<div>" ? TimeSpan.FromSeconds(10) : TimeSpan.FromMilliseconds(200));
    }

    static TimeSpan Took(string html)
    {
        var began = Stopwatch.GetTimestamp();
        ReadFields.Plain(html);
        return Stopwatch.GetElapsedTime(began);
    }

    [Fact]
    public void What_stands_deep_is_shown_all_the_same()
    {
        var html =
            string.Concat(Enumerable.Repeat("<div>", 1_000))
            + "au fond"
            + string.Concat(Enumerable.Repeat("</div>", 1_000))
            + "<p>après</p>";

        ReadFields.Plain(html).ShouldBe("au fond\n\naprès");
    }

    [Fact]
    public void A_pending_reason_is_plain_text()
    {
        var fields = JsonSerializer.SerializeToElement(
            new { pending_reason = "ping <serveur> quand < 50 ms", solution = "<p>fait</p>" }
        );

        var read = ReadFields.From(new ItopObject("1", fields));

        (read.PendingReason, read.Solution).ShouldBe(("ping <serveur> quand < 50 ms", "fait"));
    }
}
