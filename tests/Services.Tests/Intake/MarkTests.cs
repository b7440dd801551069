using System.Diagnostics;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>The mark is an act: it counts only as a word of its own that its author wrote.</summary>
public sealed class MarkTests
{
    static readonly SchoolSide handedOver = SchoolSide.Unheard with { HandedOver = true };

    [Theory]
    [InlineData("@groupe vu", "vu")]
    [InlineData("vu @Groupe", "vu")]
    [InlineData("@groupe", null)]
    [InlineData("@groupe : vu", "vu")]
    [InlineData("@groupe, vu", "vu")]
    [InlineData("Vu (@groupe).", "Vu ().")]
    [InlineData("Vu «@groupe».", "Vu «».")]
    [InlineData("Vu. @groupe.", "Vu. .")]
    [InlineData("Vu avec @groupe!", "Vu avec !")]
    [InlineData("un @groupe deux", "un deux")]
    [InlineData("un\n@groupe\ndeux", "un\n\ndeux")]
    [InlineData("<p>@groupe</p> vu", "<p></p> vu")]
    [InlineData("a < b @groupe", "a < b")]
    [InlineData("lou@groupe.example puis @groupe", "lou@groupe.example puis")]
    public void As_a_word_of_its_own_it_is_cut_and_the_rest_crosses(string text, string? crossing) =>
        Notes.Crossing(text, isPrivate: true, "@groupe").ShouldBe(crossing);

    [Theory]
    [InlineData("Prévenir lou@groupe.example, ne rien dire au groupe")]
    [InlineData("Prévenir lou@groupe ce soir")]
    [InlineData("Prévenir lou.@groupe ce soir")]
    [InlineData("voir https://forge.example/@groupe")]
    [InlineData("voir @groupe.example")]
    [InlineData("voir @groupe:8080")]
    [InlineData("@groupes")]
    [InlineData("@groupe-insa")]
    [InlineData("@groupe_2")]
    [InlineData("@groupe2")]
    [InlineData("@groupe/dsi")]
    [InlineData("@groupé")]
    [InlineData("@groupe\u0301")]
    [InlineData("@@groupe")]
    [InlineData("#@groupe")]
    [InlineData("`@groupe`")]
    [InlineData("> @groupe ancien\nentre nous")]
    [InlineData("| @groupe ancien\nentre nous")]
    [InlineData("entre nous\n\n----- Mail original -----\nDe: Jean\n\n@groupe ancien")]
    [InlineData("entre nous\n\nDe : Jean Dupont\nEnvoyé : lundi 23 novembre\nObjet : RE\n\n@groupe ancien")]
    [InlineData("entre nous\n________________________________\nFrom: Jean\nSent: Monday\n\n@groupe ancien")]
    [InlineData("entre nous\n  >> @groupe ancien")]
    [InlineData("entre nous\r\n>@groupe ancien\r\n")]
    [InlineData("entre nous\n&gt; @groupe ancien")]
    [InlineData("<p>entre nous</p><blockquote type=\"cite\"><p>@groupe ancien</p></blockquote>")]
    [InlineData("entre nous<BLOCKQUOTE>un<blockquote>deux</blockquote> @groupe ancien")]
    [InlineData("entre nous <!-- @groupe -->")]
    [InlineData("entre nous <!-- <b>@groupe</b>")]
    [InlineData("<style> @groupe { } </style>entre nous")]
    [InlineData("<a title=\"@groupe\">entre nous</a>")]
    [InlineData("entre nous\n-----Message d’origine-----\nDe : Paul\n@groupe ancien")]
    [InlineData("entre nous\n---- Original Message ----\n@groupe ancien")]
    [InlineData("entre nous\n-- \nSupport, @groupe pour l’équipe")]
    [InlineData("groupe")]
    [InlineData("")]
    public void Elsewhere_it_is_no_act_and_the_note_stays(string text) =>
        Notes.Crossing(text, isPrivate: true, "@groupe").ShouldBeNull();

    [Fact]
    public void A_public_text_is_not_touched() =>
        Notes
            .Crossing("écrire à lou@groupe.example, @groupe", isPrivate: false, "@groupe")
            .ShouldBe("écrire à lou@groupe.example, @groupe");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_mark_lets_nothing_cross(string mark) =>
        Notes.Crossing("entre nous", isPrivate: true, mark).ShouldBeNull();

    [Theory]
    [InlineData("ticket.commented")]
    [InlineData("ticket.answered")]
    public void It_is_so_for_the_generic_shape(string type)
    {
        var note = GenericTests.Event(
            type,
            """{"id":"c1","visibility":"private","text":"Prévenir lou@groupe.example, ne rien dire au groupe"}"""
        );
        new Generic().Read(Post.Bare(note), Demo.Toulouse, handedOver).Says.ShouldBeEmpty();
    }

    [Fact]
    public void And_for_Request_Tracker()
    {
        var note = Rt5Tests.Recorded("ticket.comment-private", said =>
            said["transaction"]!["text"] = "Prévenir lou@groupe.example, ne rien dire au groupe"
        );
        new Rt5().Read(note, Demo.Lyon, handedOver).Says.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("@groupe.")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<blockquote>@groupe")]
    [InlineData("> @groupe\n")]
    [InlineData(" -")]
    [InlineData("‹", "> x@groupe")]
    [InlineData("<", "> x@groupe")]
    [InlineData("<!-- > ", "x")]
    [InlineData("*", "x", "**")]
    public void A_long_note_takes_no_time(string repeated, string end = "", string mark = "@groupe")
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 200_000 / repeated.Length));
        var began = Stopwatch.GetTimestamp();

        Notes.Crossing(text + end + " x@groupe", isPrivate: true, mark).ShouldBeNull();

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}
