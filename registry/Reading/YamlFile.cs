using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GroupTicketing.Registry.Reading;

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
            problems.In(path).Error((int)e.Start.Line, FileTexts.Text("NotYaml", e.Message));
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
                throw new Unreadable(1, FileTexts.Text("FileEmpty"));

            var top = Build(parser, 1, problems);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                throw new Unreadable((int)second.Start.Line, FileTexts.Text("SecondDocument"));
            return top as MapNode ?? throw new Unreadable(top.Line, FileTexts.Text("NotAMapping"));
        }
        catch (InvalidOperationException)
        {
            // The parser's own fault on some misplaced brackets; it doesn't say where, but had got this far.
            throw new Unreadable((int)(parser.Current?.End.Line ?? 1), FileTexts.Text("NotYamlBrackets"));
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MaxBytes)
                throw new Unreadable(0, FileTexts.Text("FileTooLarge"));
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Printable(reader.ReadToEnd());
        }
        catch (DecoderFallbackException)
        {
            throw new Unreadable(0, FileTexts.Text("NotUtf8"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Unreadable(0, FileTexts.Text("FileMissing"));
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
                throw new Unreadable(line, FileTexts.Text("ControlCharacter"));
        }
        return text;
    }

    private static Node Build(Parser parser, int depth, FileProblems problems)
    {
        var begin = parser.Current!;
        var line = (int)begin.Start.Line;
        if (depth > MaxDepth)
            throw new Unreadable(line, FileTexts.Text("TooDeep"));
        if (begin is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw new Unreadable(line, FileTexts.Text("Anchors"));
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
                throw new Unreadable((int)parser.Current!.Start.Line, FileTexts.Text("NotAKey"));
            var entry = new Entry(key.Line, Build(parser, depth + 1, problems));
            if (!entries.TryAdd(key.Text, entry))
                problems.Error(key.Line, FileTexts.Text("GivenTwice", key.Text, entries[key.Text].Line));
        }
        return entries;
    }

    private sealed class Unreadable(int line, string text) : Exception(text)
    {
        public int Line { get; } = line;
    }
}

/// <summary>A piece of a YAML file and the line it begins on.</summary>
internal abstract record Node(int Line);

internal sealed record ScalarNode(int Line, string Text, bool IsPlain) : Node(Line)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null";
}

internal sealed record ListNode(int Line, IReadOnlyList<Node> Items) : Node(Line);

internal sealed record MapNode(int Line, IReadOnlyDictionary<string, Entry> Entries) : Node(Line);

/// <summary>A key's line and its value.</summary>
internal sealed record Entry(int Line, Node Value);
