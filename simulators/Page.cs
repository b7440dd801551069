using System.Text.Encodings.Web;

namespace GroupTicketing.Simulators;

/// <summary>Small server-rendered pages. Every text goes through <see cref="Text"/>; nothing is loaded from elsewhere.</summary>
public static class Page
{
    private static readonly string Css = LoadCss();

    public static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static IResult Show(string title, string body)
    {
        var html = $"""
            <!doctype html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <style>{Css}</style>
            </head>
            <body>
            <header><a href="/">{Text(title)}</a></header>
            <main>
            {body}
            </main>
            </body>
            </html>
            """;
        return Results.Content(html, "text/html; charset=utf-8");
    }

    private static string LoadCss()
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("page.css")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
