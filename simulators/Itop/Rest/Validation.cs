using System.Text;
using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>The checks iTop makes on an object before writing it. The contract and catalogue filters of its forms are
/// not among them.</summary>
public static class Validation
{
    /// <param name="taken">What a uniqueness rule said when it looked, a little earlier.</param>
    public static void Check(ItopObject candidate, IEnumerable<string> attributes, int id, string language, string? taken)
    {
        var issues = candidate.Model.Attributes
            .Where(a => attributes.Contains(a.Code))
            .Select(a => Issue(candidate, a, language))
            .Prepend(taken)
            .OfType<string>()
            .ToArray();
        if (issues.Length == 0)
            return;
        var numbered = string.Join("; ", issues.Select((issue, n) => $"{n}=>{issue}"));
        throw Refusal.Error($"{string.Join(", ", issues)}: issues = {{{numbered}}}, class = {candidate.Class}, id = {id}");
    }

    /// <summary>In the language of the account; only the code and the tail are the same in all.</summary>
    public static string Wrong(string label, string english, string code, string tail, string language) => language == "EN US"
        ? $"Unexpected value for attribute '{english}' ({code}) : {tail}"
        : $"Valeur de l'attribut incorrecte '{label}' ({code}) : {tail}";

    private static string? Issue(ItopObject candidate, ItopAttribute attribute, string language)
    {
        var text = candidate.Values.TryGetValue(attribute.Code, out var value) ? value as string : attribute.Unset as string;
        var problem = Problem(attribute, text ?? "");
        var label = attribute.Label ?? attribute.Code;
        return problem is null ? null : Wrong(label, attribute.English ?? label, attribute.Code, problem, language);
    }

    private static string? Problem(ItopAttribute attribute, string text)
    {
        if (text == "" || (attribute.Kind == "key" && text == "0"))
            return attribute.Required ? "Null not allowed" : null;
        if (attribute.Values is not null && !attribute.Values.Contains(text))
            return $"Value not allowed [{text}]";
        if (attribute.Kind == "email" && !text.Contains('@'))
            return $"Wrong format [{text}]";
        var length = attribute.Max > 255 ? Encoding.UTF8.GetByteCount(text) : text.EnumerateRunes().Count();
        return length > attribute.Max ? $"String too long (found {length}, limited to {attribute.Max})" : null;
    }
}
