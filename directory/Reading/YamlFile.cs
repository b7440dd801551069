using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GroupTicketing.Directory.Reading;

/// <summary>Reads one YAML file into nodes: at most 1 MiB, 20 levels, no anchors, no key twice, one document.</summary>
internal static class YamlFile
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxDepth = 20;

    /// <summary>The file's top mapping, empty when the file cannot be read; then the problems say why.</summary>
    public static MapNode Read(string path, Problems problems)
    {
        try
        {
            return Parse(TextOf(path), problems.In(path));
        }
        catch (Unreadable e)
        {
            problems.In(path).Error(e.Line, e.Message);
        }
        catch (YamlException e)
        {
            problems.In(path).Error((int)e.Start.Line, $"not YAML: {e.Message} Check the indentation and quotes here and above.");
        }
        return new(0, new Dictionary<string, Entry>());
    }

    private static MapNode Parse(string text, FileProblems problems)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                throw new Unreadable(1, "the file is empty: see the example beside it");

            var top = Build(parser, 1, problems);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                throw new Unreadable((int)second.Start.Line, "a second document begins: keep one, without '---'");
            return top as MapNode ?? throw new Unreadable(top.Line, "the file must consist of 'key: value' lines");
        }
        catch (InvalidOperationException)
        {
            // The parser's own fault on some misplaced brackets; it doesn't say where, but had got this far.
            throw new Unreadable((int)(parser.Current?.End.Line ?? 1), "not YAML: check the brackets and quotes here and just below");
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MaxBytes)
                throw new Unreadable(0, "the file is larger than 1 MiB: split or shorten it");
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Printable(reader.ReadToEnd());
        }
        catch (DecoderFallbackException)
        {
            throw new Unreadable(0, "the file is not UTF-8: save it with that encoding");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Unreadable(0, "the file is missing or not readable: create it, or give this account the right to read it");
        }
    }

    // YAML forbids them, and the parser takes a zero for the end of the file.
    private static string Printable(string text)
    {
        var line = 1;
        foreach (var c in text)
        {
            line += c == '\n' ? 1 : 0;
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\u0085'))
                throw new Unreadable(line, "a control character stands in this line: retype the line");
        }
        return text;
    }

    private static Node Build(Parser parser, int depth, FileProblems problems)
    {
        var begin = parser.Current!;
        var line = (int)begin.Start.Line;
        if (depth > MaxDepth)
            throw new Unreadable(line, "nested deeper than 20 levels: make it flatter");
        if (begin is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw new Unreadable(line, "anchors and aliases (& and *) are not taken: write the value out, or quote it");
        if (parser.TryConsume<Scalar>(out var scalar))
            return new ScalarNode(line, scalar.Value.Trim(), scalar.Style is ScalarStyle.Plain);
        if (parser.TryConsume<SequenceStart>(out _))
            return new ListNode(line, [.. Items(parser, depth, problems)]);

        parser.Consume<MappingStart>();
        return new MapNode(line, Entries(parser, depth, problems));
    }

    private static IEnumerable<Node> Items(Parser parser, int depth, FileProblems problems)
    {
        while (!parser.TryConsume<SequenceEnd>(out _))
            yield return Build(parser, depth + 1, problems);
    }

    private static Dictionary<string, Entry> Entries(Parser parser, int depth, FileProblems problems)
    {
        var entries = new Dictionary<string, Entry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Build(parser, depth + 1, problems) is not ScalarNode key)
                throw new Unreadable((int)parser.Current!.Start.Line, "a key must be a plain word");
            var entry = new Entry(key.Line, Build(parser, depth + 1, problems));
            if (!entries.TryAdd(key.Text, entry))
                problems.Error(key.Line, $"'{key.Text}' is given twice, first on line {entries[key.Text].Line}: keep one");
        }
        return entries;
    }

    private sealed class Unreadable(int line, string text) : Exception(text)
    {
        public int Line { get; } = line;
    }
}
