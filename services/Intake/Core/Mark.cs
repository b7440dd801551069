using System.Text.RegularExpressions;

namespace GroupTicketing.Intake.Core;

/// <summary>
/// The mark by which somebody says that a note is for the group (<c>@groupe</c>). It is an act only as a word of its
/// own, written by its author: not in an address, a longer word, what is
/// quoted, a signature, or what nobody sees.
/// </summary>
public static partial class Mark
{
    const string Before = "([{«“‘\"*,;:>";
    const string After = ",;!?)]}»”\"…<";
    const string AfterIfLast = ".:'’*";

    static readonly string[] unread = ["blockquote", "style", "script"];

    /// <summary>Whether the author set it.</summary>
    public static bool IsIn(string text, string mark) => Find(text, mark) >= 0;

    /// <summary>The text without it, or null where the author did not set it, or said nothing else.</summary>
    public static string? Without(string text, string mark)
    {
        if (Find(text, mark) is not (>= 0 and var at))
            return null;
        var (before, after) = (text[..at], text[(at + mark.Length)..]);
        if (before.Trim().Length == 0)
            after = after.TrimStart(',', ';', ':', ' ');
        else if (before[^1] == ' ' && after.StartsWith(' '))
            after = after[1..];
        var rest = (before + after).Trim();
        return rest.Length == 0 ? null : rest;
    }

    static int Find(string text, string mark)
    {
        if (string.IsNullOrWhiteSpace(mark))
            return -1;
        bool[]? own = null;
        var run = 0;
        for (var at = Next(0); at >= 0; at = Next(at + 1))
        {
            if (IsWord(text, at, at + mark.Length, ref run) && (own ??= Own(text))[at])
                return at;
        }
        return -1;

        int Next(int from) => text.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase);
    }

    // The run of signs after a mark was looked through up to there: a text of nothing else is looked through once.
    static bool IsWord(string text, int from, int to, ref int run)
    {
        if (from > 0 && !char.IsWhiteSpace(text[from - 1]) && !Before.Contains(text[from - 1]))
            return false;
        to = Math.Max(to, run);
        while (to < text.Length && AfterIfLast.Contains(text[to]))
            to++;
        run = to;
        return to == text.Length || char.IsWhiteSpace(text[to]) || After.Contains(text[to]);
    }

    // Of each character, whether its author wrote it for people to read.
    static bool[] Own(string text)
    {
        var own = new bool[text.Length];
        Array.Fill(own, true);
        var at = 0;
        foreach (var line in text.Split('\n'))
        {
            var start = line.TrimStart();
            if (start.StartsWith('>') || start.StartsWith('|') || start.StartsWith("&gt;", StringComparison.Ordinal))
                Array.Fill(own, false, at, line.Length);
            at += line.Length + 1;
        }
        if (Ending().Match(text) is { Success: true } rest)
            Array.Fill(own, false, rest.Index, text.Length - rest.Index);
        Tags(text, own);
        return own;
    }

    static void Tags(string text, bool[] own)
    {
        var (from, within, nextClose) = (0, 0, -1);
        while (text.IndexOf('<', from) is >= 0 and var open)
        {
            if (within > 0)
                Array.Fill(own, false, from, open - from);
            var isComment = text.AsSpan(open).StartsWith("<!--");
            if (nextClose < open)
                nextClose = text.IndexOf('>', open) is >= 0 and var next ? next : int.MaxValue;
            var close = isComment ? text.IndexOf("-->", open, StringComparison.Ordinal)
                : nextClose == int.MaxValue ? -1
                : nextClose;
            if (close < 0 && !isComment)
                break;
            var isTag = isComment || (open + 1 < text.Length && (char.IsAsciiLetter(text[open + 1]) || text[open + 1] == '/'));
            var end = !isTag ? open + 1 : close < 0 ? text.Length : close + 1;
            if (isTag)
                Array.Fill(own, false, open, end - open);
            within = Math.Max(0, within + Depth(text.AsSpan(open, end - open)));
            from = end;
        }
        if (within > 0)
            Array.Fill(own, false, from, text.Length - from);
    }

    static int Depth(ReadOnlySpan<char> tag)
    {
        foreach (var name in unread)
        {
            if (tag[1..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return 1;
            if (tag[1..].StartsWith("/" + name, StringComparison.OrdinalIgnoreCase))
                return -1;
        }
        return 0;
    }

    // Behind these lines stands a signature, or a mail that is answered or passed on.
    [GeneratedRegex(
        @"^[ \t]*(?:--[ \t]*\r?$|"
            + @"-{2,}[ \t]*(?:message d['’]origine|message transféré|mail original|original message|"
            + @"forwarded message)[ \t]*-{2,}|_{8,}[ \t]*\r?$|(?:De|From)[ \t\u00A0]*:.*\r?\n[ \t]*(?:Envoyé|Sent|Date|À|To)[ \t\u00A0]*:)",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    private static partial Regex Ending();
}
