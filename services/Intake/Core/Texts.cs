using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace GroupTicketing.Intake.Core;

/// <summary>What the intake's callers read, from <c>Texts.resx</c>: French first, English where the caller asks for it.</summary>
static class Texts
{
    static readonly ResourceManager texts = new("GroupTicketing.Intake.Core.Texts", typeof(Texts).Assembly);

    public static CultureInfo French { get; } = CultureInfo.GetCultureInfo("fr");

    public static string NotJson => Get();

    public static string NotAnObject => Get();

    public static string WrongKind => Get();

    public static string Multipart => Get();

    public static string PartCoding => Get();

    public static string PartUnnamed => Get();

    public static string PartUnclear => Get();

    public static string SpecVersion => Get();

    public static string Required => Get();

    public static string RequiredShort => Get();

    public static string Time => Get();

    public static string Twice => Get();

    public static string MemberCase => Get();

    public static string KnownTypes => Get();

    public static string KnownValues => Get();

    public static string TooLong => Get();

    public static string Base64 => Get();

    public static string FileItem => Get();

    public static string CommentItem => Get();

    public static string NotUtf8 => Get();

    public static string HalfCharacter => Get();

    public static string TooDeep => Get();

    public static string NameTooLong => Get();

    public static string TooManyFiles => Get();

    public static string TooManyComments => Get();

    public static string TooManyParts => Get();

    public static string NoFilesHere => Get();

    public static string OpenedPrivate => Get();

    public static string SeeTool => Get();

    public static string FilesInTool => Get();

    public static string Untitled => Get();

    public static string OtherTicket => Get();

    /// <summary>For the group, whoever asked.</summary>
    public static string InFrench(string name) => texts.GetString(name, French)!;

    public static string Get([CallerMemberName] string name = "") =>
        texts.GetString(
            name,
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? CultureInfo.CurrentUICulture : French
        )!;
}
