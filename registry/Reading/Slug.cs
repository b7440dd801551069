using System.Text.RegularExpressions;

namespace GroupTicketing.Registry.Reading;

/// <summary>A school's short name.</summary>
internal static partial class Slug
{
    /// <returns>Empty where it is none.</returns>
    public static string From(Fields fields)
    {
        var slug = fields.Text("slug");
        if (slug.Length == 0 || Form().IsMatch(slug))
            return slug;
        fields.Error("slug", fields.LineOf("slug"), FileTexts.Text("NotASlug", slug));
        return "";
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex Form();
}
