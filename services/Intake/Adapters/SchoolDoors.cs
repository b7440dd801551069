using GroupTicketing.Intake.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Adapters;

/// <summary>The schools' doors: their files, their secrets, and the dialects this release speaks.</summary>
sealed record SchoolDoors(
    IReadOnlyDictionary<string, School> Schools,
    IReadOnlyDictionary<string, SchoolSecrets> Secrets,
    IReadOnlyDictionary<string, IDialect> Dialects
)
{
    /// <summary>The school's own dialect where the post is in it, else the generic shape, which every school may send.</summary>
    public IDialect DialectOf(School school, IReadOnlyDictionary<string, string> headers) =>
        Dialects.TryGetValue(school.Tool, out var own) && own.Speaks(headers) ? own : Dialects["generic"];
}
